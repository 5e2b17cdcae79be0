// The first five things a newcomer learns by doing them: which are done, and what the browser remembers of it. Touches no page.

export const steps = ['walk', 'hit', 'loot', 'bag', 'town'];
export const storage_key = 'cudgel.hints';
const walked_tiles = 1.5;
const first_skill_level = 5;  // assets/content/skills.json: everybody has learned something by then

// `kept`: what the storage gave, text or null. Whatever it holds, this makes sense of it.
export function read(kept) {
  try {
    const { done, dismissed } = JSON.parse(kept ?? '{}') ?? {};
    return { done: steps.filter((step) => Array.isArray(done) && done.includes(step)), dismissed: dismissed === true };
  } catch {
    return { done: [], dismissed: false };
  }
}

// The step that is shown: the first that is not done, or '' when there is none or nobody wants to see it.
export function current({ done, dismissed }) {
  return dismissed ? '' : steps.find((step) => !done.includes(step)) ?? '';
}

// What a player has done since it entered, from facts as they come: { x, y, level, cooling, gold, held, bag_opened }, and trade() when a
// deal was made. Each step counts whenever it is done, also before its turn.
export class Doings {
  #start = null;
  #owned = null;
  #did = new Set();

  trade() { this.#did.add('town'); }

  note({ x, y, level, cooling, gold, held, bag_opened }) {
    this.#start ??= { x, y };
    if (Math.hypot(x - this.#start.x, y - this.#start.y) > walked_tiles) this.#did.add('walk');
    if (cooling) this.#did.add('hit');
    if (Number.isFinite(gold) && Number.isFinite(held)) {
      this.#owned ??= { gold, held };
      if (gold > this.#owned.gold || held > this.#owned.held) this.#did.add('loot');
      this.#owned = { gold, held };
    }
    if (bag_opened) this.#did.add('bag');
    if (level >= first_skill_level) this.#did.add('town');
    return this.#did;
  }
}
