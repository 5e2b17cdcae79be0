// What is typed into the chat becomes what is said, or what is done. Touches no page.

export const emotes = ['wave', 'bow', 'laugh', 'cry', 'cheer'];
export const characters_max = 120;  // of one line; shared/protocol/include/protocol/limits.h

const channel_words = { s: 'say', say: 'say', a: 'everybody', all: 'everybody', w: 'whisper', whisper: 'whisper', tell: 'whisper', p: 'party', party: 'party', z: 'zone', zone: 'zone' };
const acts = ['mute', 'unmute', 'report', 'trade', 'invite'];

// Names may hold blanks: the longest known name that the text begins with, in quotes or not, else its first word.
function split_name(rest, names) {
  const quoted = /^"([^"]+)"\s*(.*)$/.exec(rest);
  if (quoted) return [quoted[1], quoted[2]];
  const known = names.filter((name) => rest === name || rest.startsWith(`${name} `)).sort((a, b) => b.length - a.length)[0];
  if (known) return [known, rest.slice(known.length).trim()];
  const [, first, words] = /^(\S*)\s*(.*)$/.exec(rest);
  return [first, words];
}

// `channel` and `to` are those of the field, `names` those of players seen lately, `last` who whispered last. Gives
//   { channel, to, words }  to say
//   { act: 'mute' | 'unmute' | 'report' | 'duel' | 'trade' | 'invite', name }, { act: 'leave', name: '' }
//   { channel, to }         the field is to go on in that channel: "/all" alone
//   { trouble: KEY }        of assets/text, "chat.trouble.KEY"
//   null                    nothing was typed
export function parse(typed, { channel, to }, names = [], last = '') {
  const text = typed.trim();
  if (text === '') return null;
  if (!text.startsWith('/')) return fitting({ channel, to, words: text });
  const [, command, rest] = /^\/(\S*)\s*(.*)$/.exec(text);
  const word = command.toLowerCase();
  if (emotes.includes(word)) return { channel: 'emote', to: '', words: word };
  if (word === 'r') return last ? fitting({ channel: 'whisper', to: last, words: rest }) : { trouble: 'nobody_whispered' };
  const wanted = channel_words[word];
  if (wanted === 'whisper') {
    const [name, words] = split_name(rest, names);
    return name ? fitting({ channel: wanted, to: name, words }) : { trouble: 'no_name' };
  }
  if (wanted) return fitting({ channel: wanted, to: '', words: rest });
  if (word === 'duel') {
    const name = rest.trim().replace(/^"(.*)"$/, '$1');
    return name ? { act: 'duel', name } : { trouble: 'no_name' };
  }
  if (word === 'leave') return { act: word, name: '' };
  if (acts.includes(word)) {
    const [name] = split_name(rest, names);
    return name ? { act: word, name } : { trouble: 'no_name' };
  }
  return { trouble: word === 'help' ? 'help' : 'no_command' };
}

function fitting(line) {
  if (line.words === '') return { channel: line.channel, to: line.to };
  return [...line.words].length <= characters_max ? line : { trouble: 'too_long' };
}
