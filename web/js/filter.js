// Rude words become stars, where the player wants that. A help, not a judge: whoever is determined gets around it, and can be muted.

// Whole words only, so that Scunthorpe keeps its name; with the usual endings.
const rude = ['arse', 'arsehole', 'asshole', 'bastard', 'bitch', 'bollocks', 'bullshit', 'cock', 'cunt', 'dick', 'dickhead', 'fag', 'faggot', 'fuck',
  'fucker', 'motherfucker', 'nigger', 'piss', 'prick', 'pussy', 'retard', 'shit', 'slut', 'twat', 'wanker', 'whore'];
// Chinese has no blanks between words.
const rude_anywhere = ['操你妈', '肏', '傻逼', '煞笔', '婊子', '王八蛋', '狗日的', '他妈的', '妈的', '去死吧', '贱人'];

// Letters people write instead.
const disguises = { a: 'a@4', e: 'e3', i: 'i1!', o: 'o0', s: 's$5', u: 'uv', t: 't7' };
const pattern_of = (word) => [...word].map((letter) => `[${disguises[letter] ?? letter}]+`).join('');
const words_pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${rude.map(pattern_of).join('|')})(?:s|es|ed|ing|er|ers|y)?(?![\\p{L}\\p{N}])`, 'giu');
const anywhere_pattern = new RegExp(rude_anywhere.join('|'), 'gu');
const stars = (found) => '*'.repeat([...found].length);

export const filtered = (words) => words.replace(words_pattern, stars).replace(anywhere_pattern, stars);
