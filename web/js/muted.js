// Whom the player does not want to hear, by name; kept in the browser.

const key = 'cudgel.muted';
const kept_max = 200;  // the longest muted is heard again

function stored() {
  try {
    const list = JSON.parse(localStorage.getItem(key));
    return Array.isArray(list) ? list.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];  // storage is forbidden, or holds somebody else's text
  }
}

export class Muted {
  #names = new Set(stored());

  has(name) { return this.#names.has(name); }

  set(name, muted) {
    this.#names.delete(name);
    if (muted) this.#names.add(name);
    const names = [...this.#names].slice(-kept_max);
    this.#names = new Set(names);
    try {
      localStorage.setItem(key, JSON.stringify(names));
    } catch { /* then for as long as the page is open */ }
  }
}
