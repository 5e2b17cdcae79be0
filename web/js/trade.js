// The bargain with another player, beside the bag: what both put in, and whether both agree. Shows what the game tells (Game.together()); what
// can be agreed to is exactly what is shown, for the deed names its revision.

import { item_icon } from './item_shapes.js';
import { item_name } from './item_words.js';
import { on_language, text } from './text.js';

const by_id = (id) => document.getElementById(id);
const looks_ms = 900;  // after the other side has changed something, so long nobody can agree: a quick finger must not take what it has not seen

export class TradeSide {
  #facts = null;
  #book = null;
  #shown = '';
  #theirs = '';
  #agree_after_ms = 0;

  // `find_game` gives the running game or null; `tip` shows an item beside an element, or nothing.
  constructor(find_game, tip) {
    this.find_game = find_game;
    this.tip = tip;
    on_language(() => { this.#shown = ''; });
    by_id('trade-agree').addEventListener('click', () => this.#agree());
    by_id('trade-end').addEventListener('click', () => this.end());
    by_id('trade-put-gold').addEventListener('click', () => this.#put_gold());
    by_id('trade-gold').addEventListener('pad-done', () => this.#put_gold());
    by_id('trade-gold').addEventListener('keydown', (event) => { if (event.key === 'Enter') this.#put_gold(); });
  }

  get is_open() { return this.#facts?.stage === 'open'; }

  // How many of the bag's cell lie offered.
  offered(cell) { return this.is_open ? this.#facts.own.cells.find(([place]) => place === cell)?.[2] ?? 0 : 0; }

  // A tap on a cell of the bag: in, or out again.
  toggle(cell, count = 0) {
    if (this.offered(cell) > 0 && count === 0) this.#do('take_back', cell);
    else this.#do('offer', cell, count);
  }

  end() { if (this.#facts && this.#facts.stage !== 'none') this.#do('end_trade'); }

  // `facts`: Game.together().trade; `book`: the content's items; true when what the bag's cells show may be another now.
  update(facts, book) {
    this.#facts = facts;
    this.#book = book;
    by_id('side-trade').hidden = !this.is_open;
    if (!this.is_open) {
      this.#theirs = '';
      this.#shown = '';
      return;
    }
    const now_ms = performance.now();
    const theirs = JSON.stringify([facts.other, facts.theirs.cells, facts.theirs.gold]);
    if (theirs !== this.#theirs) {
      if (this.#theirs !== '') this.#agree_after_ms = now_ms + looks_ms;
      this.#theirs = theirs;
    }
    by_id('trade-agree').disabled = facts.own.agreed || now_ms < this.#agree_after_ms;
    const told = JSON.stringify([facts.name, facts.own, facts.theirs, facts.revision, facts.why]);
    if (told === this.#shown) return;
    const another = JSON.parse(this.#shown || '[""]')[0] !== facts.name;
    this.#shown = told;
    this.#show(another);
  }

  #do(deed, cell = 0, count = 0, gold = 0) { this.find_game()?.deal(deed, 0, cell, count, gold); }

  #agree() { if (this.is_open) this.find_game()?.deal('agree', this.#facts.other, 0, 0, this.#facts.revision); }

  #put_gold() {
    const gold = Math.floor(Number(by_id('trade-gold').value));
    if (gold >= 0 && gold !== this.#facts?.own.gold) this.#do('offer_gold', 0, 0, gold);
  }

  #show(another) {
    const { name, own, theirs, why } = this.#facts;
    by_id('trade-name').textContent = text('trade.with', { name });
    by_id('trade-their-gold').replaceChildren(item_icon({ icon: 'coins', kind: 'gold', tier: 0 }), theirs.gold.toLocaleString());
    by_id('trade-their-gold').dataset.gold = String(theirs.gold);
    const is_written = document.activeElement === by_id('trade-gold') || by_id('trade-gold').classList.contains('pad-editing');
    if (another || !is_written) by_id('trade-gold').value = own.gold > 0 ? String(own.gold) : '';
    this.#fill('trade-theirs', theirs.cells, false);
    this.#fill('trade-own', own.cells, true);
    by_id('side-trade').classList.toggle('own-agreed', own.agreed);
    by_id('side-trade').classList.toggle('their-agreed', theirs.agreed);
    by_id('trade-agree').textContent = text(own.agreed ? 'trade.agreed' : 'trade.agree');
    const key = why !== 'done' ? `deed.${why}` : own.agreed ? 'trade.waits' : theirs.agreed ? 'trade.they_agreed' : 'trade.how';
    by_id('trade-words').textContent = text(key, { name });
  }

  #fill(id, cells, own) {
    by_id(id).replaceChildren(...cells.map(([cell, index, count]) => {
      const item = this.#book.items[index];
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'deal-cell';
      button.dataset.rarity = item.rarity;
      button.dataset.item = item.name;
      button.append(item_icon(item));
      if (count > 1) {
        const number = document.createElement('b');
        number.className = 'count';
        number.textContent = String(count);
        button.append(number);
      }
      const name = count > 1 ? `${item_name(item)}, ${count}` : item_name(item);
      button.setAttribute('aria-label', own ? text('trade.take_back', { item: name }) : name);
      button.addEventListener('pointerenter', (event) => { if (event.pointerType === 'mouse') this.tip(item, button); });
      button.addEventListener('pointerleave', () => this.tip(null));
      button.addEventListener('click', () => (own ? this.#do('take_back', cell) : this.tip(item, button)));
      return button;
    }));
  }
}
