// What the own character owns: the bag, what is worn, and beside it the trader's goods or the bank's while one stands near. Shows what the game
// tells (Game.goods()) and asks for deeds; decides nothing. Tap or click does the usual thing with an item, dragging moves it, a long press or the
// right button shows what else can be done.

import { Drag } from './drag.js';
import { item_icon } from './item_shapes.js';
import { item_lines, item_name } from './item_words.js';
import { TradeSide } from './trade.js';
import { on_language, text } from './text.js';

const by_id = (id) => document.getElementById(id);
const bag_cells = 40;
const worn_begin = 40;
const bank_begin = 45;
const cells = 85;
const heard_by_what_comes = new Set(['take', 'buy', 'sell']);  // client/play/own_news.h
const slots = ['weapon', 'armour', 'helmet', 'ring', 'ring'];
const in_bag = (cell) => cell < bag_cells;
const in_worn = (cell) => cell >= worn_begin && cell < bank_begin;

function element(tag, class_name, words) {
  const made = document.createElement(tag);
  if (class_name) made.className = class_name;
  if (words !== undefined) made.textContent = words;
  return made;
}

function fill_purse(purse, gold) {
  purse.replaceChildren(item_icon({ icon: 'coins', kind: 'gold', tier: 0 }), gold.toLocaleString());
}

export class GoodsPanel {
  #book = null;        // items and npcs of the content
  #facts = null;       // what the game told last
  #shown = '';
  #side = '';          // what stands beside the bag: '', 'vendor', 'bank' or 'trade'
  #held = new Map();   // cell -> { item, count }
  #who = null;
  #opened = false;
  #menu_cell = -1;     // the cell whose menu is open
  #used = [];          // the kinds of items whose use has been asked for and not yet answered

  // `find_game` gives the running game or null; `say` shows a line of words; `back` gives the keyboard back to the game.
  constructor(find_game, say, back) {
    this.find_game = find_game;
    this.say = say;
    this.back = back;
    this.trade = new TradeSide(find_game, (item, beside) => (item ? this.#show_item(item, beside, []) : this.#hide_tip()));
    on_language(() => { this.#shown = ''; });
    this.#make_cells();
    by_id('potion').prepend(item_icon({ icon: 'potion', kind: 'potion', tier: 0 }));
    this.drag = new Drag(by_id('goods'), {
      picture: (cell) => (this.#held.has(cell) ? item_icon(this.#item(cell)) : null),
      tap: (cell, event) => this.#usual(cell, event),
      menu: (cell) => this.#show_tip(cell, true),
      move: (from, to) => this.#move(from, to),
      out: (from) => this.#throw_away(from),
    });
    by_id('bag-button').addEventListener('click', () => this.toggle());
    by_id('deal').addEventListener('click', () => this.open());
    by_id('potion').addEventListener('click', () => this.drink());
    for (const id of ['bag-button', 'deal', 'potion']) by_id(id).addEventListener('pointerdown', (event) => event.preventDefault());  // the canvas keeps the keyboard
    by_id('goods-close').addEventListener('click', () => this.close());
    by_id('bank-in').addEventListener('click', () => this.#carry_gold('deposit'));
    by_id('bank-out').addEventListener('click', () => this.#carry_gold('withdraw'));
    by_id('goods').addEventListener('keydown', (event) => this.#key(event));
    for (const type of ['pad-press', 'pad-more']) by_id('goods').addEventListener(type, (event) => this.#pad(event));
  }

  get is_open() { return !by_id('goods').hidden; }
  // Once, however shortly: who asks now and then would not see a bag that is closed again at once.
  get was_opened() { return this.#opened; }
  toggle() { if (this.is_open) this.close(); else this.open(); }
  open() {
    if (this.is_open) return;
    by_id('goods').hidden = false;
    this.#opened = true;
    by_id('bag-button').setAttribute('aria-expanded', 'true');
    this.#shown = '';
    this.update(this.#who, this.find_game()?.together().trade);
    this.find_game()?.cue('button');
  }
  close() {
    if (!this.is_open) return;
    if (this.trade.is_open) this.trade.end();  // who closes it wants no more of it
    this.#hide_tip();
    by_id('goods').hidden = true;
    by_id('bag-button').setAttribute('aria-expanded', 'false');
    this.back();
  }

  close_menu() { this.#hide_tip(); }

  // Key of the game, while the canvas has the keyboard: true when it was one of ours.
  key(code) {
    if (code === 'KeyI') this.toggle();
    else if (code === 'KeyE') this.#near() ? this.open() : this.find_game()?.take_nearest();
    else if (code === 'KeyQ') this.drink();
    else return false;
    return true;
  }

  // True, and closed, when it was the key for that.
  closing_key(event) {
    if (event.code !== 'Escape' && event.code !== 'KeyI') return false;
    event.preventDefault();
    event.stopPropagation();
    this.close();
    return true;
  }

  // Drinks the smallest potion that there is.
  drink() {
    const potions = [...this.#held].filter(([cell, { item }]) => in_bag(cell) && this.#book.items[item].kind === 'potion');
    potions.sort((a, b) => this.#book.items[a[1].item].heals - this.#book.items[b[1].item].heals);
    if (potions.length > 0) this.#do('use', { cell: potions[0][0] });
  }

  // `who`: the own character as Game.hud() has it, or null; `trade`: Game.together().trade.
  update(who, trade = null) {
    const game = this.find_game();
    if (!game) return;
    this.#who = who;
    this.#book ??= game.items();
    if (trade) {
      const was_open = this.trade.is_open;
      this.trade.update(trade, this.#book);
      if (!was_open && this.trade.is_open) this.open();
    }
    this.#facts = game.goods();
    if (!this.#facts.busy) this.#used = [];  // another game was begun meanwhile
    for (const outcome of this.#facts.outcomes) this.#tell(outcome);
    this.#held = new Map((this.#facts.cells ?? []).map(([cell, item, count]) => [cell, { item, count }]));
    by_id('goods-gold').dataset.held = String(this.#held.size);
    by_id('goods-gold').dataset.gold = String(this.#facts.gold ?? 0);
    this.#show_buttons();
    const side = this.#near();
    const told = JSON.stringify([this.#facts.cells, this.#facts.gold, this.#facts.bank_gold, side, this.#facts.vendor, who?.level, this.trade.is_open && trade?.own.cells]);
    if (!this.is_open || told === this.#shown) return;
    this.#shown = told;
    this.#side = side;
    this.#show();
  }

  #near() { return this.trade.is_open ? 'trade' : !this.#facts ? '' : this.#facts.vendor >= 0 ? 'vendor' : this.#facts.bank >= 0 ? 'bank' : ''; }
  #item(cell) { return this.#book.items[this.#held.get(cell).item]; }
  #do(deed, { cell = 0, to = 0, item = -1, count = 0, gold = 0 } = {}) {
    if (this.find_game()?.deed(deed, cell, to, item, count, gold) && deed === 'use') this.#used.push(this.#item(cell).kind);
  }

  #tell({ deed, verdict, trouble }) {
    const game = this.find_game();
    const used = deed === 'use' ? this.#used.shift() : '';
    if (verdict === 'done' && !heard_by_what_comes.has(deed)) game.cue(used === 'potion' ? 'deed.drink' : `deed.${deed}`);
    if (verdict !== 'done') this.say(text(verdict === 'failed' ? `failure.${trouble}` : `deed.${verdict}`));
    document.dispatchEvent(new CustomEvent('deed', { detail: { deed, verdict } }));
  }

  #make_cells() {
    const make = (cell, parent) => {
      const button = element('button', 'cell');
      button.type = 'button';
      button.dataset.cell = String(cell);
      button.addEventListener('pointerenter', (event) => { if (event.pointerType === 'mouse') this.#show_tip(cell, false); });
      button.addEventListener('pointerleave', () => this.#hide_tip(true));
      button.addEventListener('focus', () => { if (button.matches(':focus-visible')) this.#show_tip(cell, false); });
      by_id(parent).append(button);
    };
    for (let cell = 0; cell < cells; ++cell) make(cell, in_bag(cell) ? 'bag-cells' : in_worn(cell) ? 'worn-cells' : 'bank-cells');
  }

  #show_buttons() {
    const side = this.#near();
    const npc = side === 'vendor' ? this.#facts.vendor : this.#facts.bank;
    by_id('deal').hidden = side === '' || side === 'trade' || this.is_open;
    if (side !== '' && side !== 'trade') by_id('deal-words').textContent = text(`deal.${side}`, { name: text(`name.${this.#book.npcs[npc].name}`) });
    let potions = 0;
    for (const [cell, { item, count }] of this.#held) if (in_bag(cell) && this.#book.items[item].kind === 'potion') potions += count;
    by_id('potion').hidden = potions === 0;
    by_id('potion-count').textContent = String(potions);
  }

  #show() {
    fill_purse(by_id('goods-gold'), this.#facts.gold ?? 0);
    fill_purse(by_id('bank-gold'), this.#facts.bank_gold ?? 0);
    by_id('goods').dataset.side = this.#side;
    by_id('side-vendor').hidden = this.#side !== 'vendor';
    by_id('side-bank').hidden = this.#side !== 'bank';
    for (const button of by_id('goods').querySelectorAll('.cell')) this.#show_cell(button, Number(button.dataset.cell));
    if (this.#side === 'vendor') this.#show_offers();
    if (this.#menu_cell >= 0) this.#show_tip(this.#menu_cell, true);  // what can be done with it may be another now
  }

  #show_cell(button, cell) {
    const stack = this.#held.get(cell);
    button.replaceChildren();
    delete button.dataset.rarity;
    button.classList.toggle('given', this.trade.offered(cell) > 0);
    if (!stack) {
      const label = in_worn(cell) ? text(`item.kind.${slots[cell - worn_begin]}`) : text('goods.empty');
      button.setAttribute('aria-label', label);
      if (in_worn(cell)) button.append(element('span', 'slot', label));
      return;
    }
    const item = this.#book.items[stack.item];
    button.dataset.rarity = item.rarity;
    button.append(item_icon(item));
    if (stack.count > 1) button.append(element('b', 'count', String(stack.count)));
    button.classList.toggle('useless', Boolean(item.class) && item.class !== this.#who?.class);
    button.setAttribute('aria-label', stack.count > 1 ? `${item_name(item)}, ${stack.count}` : item_name(item));
  }

  #show_offers() {
    by_id('vendor-name').textContent = text(`name.${this.#book.npcs[this.#facts.vendor].name}`);
    by_id('offers').replaceChildren(...this.#book.npcs[this.#facts.vendor].sells.map((index) => {
      const item = this.#book.items[index];
      const row = element('button', 'offer');
      row.type = 'button';
      row.dataset.rarity = item.rarity;
      row.dataset.item = item.name;
      const price = element('span', 'price', String(item.price));
      row.append(item_icon(item), element('span', 'offered', item_name(item)), price);
      row.classList.toggle('dear', item.price > (this.#facts.gold ?? 0));
      row.classList.toggle('useless', Boolean(item.class) && item.class !== this.#who?.class);
      row.addEventListener('pointerenter', (event) => { if (event.pointerType === 'mouse') this.#show_item(item, row, []); });
      row.addEventListener('pointerleave', () => this.#hide_tip(true));
      row.addEventListener('click', (event) => this.#do('buy', { item: index, count: event.shiftKey && item.stack >= 5 ? 5 : 1 }));
      return row;
    }));
  }

  // What a tap means depends on who stands near.
  #usual(cell, event) {
    if (!this.#held.has(cell)) return;
    if (this.#side === 'trade' && in_bag(cell)) return this.trade.toggle(cell);
    if (event.shiftKey) return this.#split(cell);
    if (in_worn(cell)) return this.#do('use', { cell });
    if (this.#side === 'bank') return this.#store(cell);
    const item = this.#item(cell);
    if (this.#side === 'vendor' || item.kind === 'material') return this.#side === 'vendor' ? this.#do('sell', { cell }) : this.#show_tip(cell, true);
    this.#do('use', { cell });
  }

  #store(cell) {
    const to = this.#room_for(this.#held.get(cell).item, in_bag(cell) ? bank_begin : 0, in_bag(cell) ? cells : bag_cells);
    if (to < 0) return this.say(text('deed.no_space'));
    this.#do('move', { cell, to });
  }

  // A cell with room for more of that item, else a free one; -1 without.
  #room_for(item, begin, end) {
    let free = -1;
    for (let cell = begin; cell < end; ++cell) {
      const stack = this.#held.get(cell);
      if (stack?.item === item && stack.count < this.#book.items[item].stack) return cell;
      if (!stack && free < 0) free = cell;
    }
    return free;
  }

  #split(cell) {
    const { count } = this.#held.get(cell);
    const begin = in_bag(cell) ? 0 : bank_begin;
    const end = in_bag(cell) ? bag_cells : cells;
    for (let to = begin; to < end; ++to) if (!this.#held.has(to)) return count > 1 && this.#do('move', { cell, to, count: Math.floor(count / 2) });
    this.say(text('deed.no_space'));
  }

  #move(from, to) { if (this.#held.has(from)) this.#do('move', { cell: from, to }); }
  #throw_away(from) { if (this.#held.has(from) && in_bag(from)) this.#do('drop', { cell: from }); }

  #carry_gold(deed) {
    const wanted = Math.floor(Number(by_id('bank-amount').value));
    const all = deed === 'deposit' ? this.#facts.gold : this.#facts.bank_gold;
    const gold = wanted > 0 ? wanted : all;
    if (gold > 0) this.#do(deed, { gold });
  }

  #show_tip(cell, with_actions) {
    if (!this.#held.has(cell)) return this.#hide_tip();
    const button = by_id('goods').querySelector(`.cell[data-cell="${cell}"]`);
    const item = this.#item(cell);
    const actions = [];
    const add = (key, act) => actions.push({ key, act });
    if (with_actions) {
      if (item.kind === 'potion') add('drink', () => this.#do('use', { cell }));
      else if (item.kind !== 'material') add(in_worn(cell) ? 'take_off' : 'wear', () => this.#do('use', { cell }));
      if (this.#held.get(cell).count > 1) add('split', () => this.#split(cell));
      if (this.#side === 'trade' && in_bag(cell)) add(this.trade.offered(cell) > 0 ? 'take_back' : 'offer', () => this.trade.toggle(cell));
      if (this.#side === 'trade' && in_bag(cell) && this.#held.get(cell).count > 1) add('offer_one', () => this.trade.toggle(cell, 1));
      if (this.#side === 'vendor' && in_bag(cell)) add('sell', () => this.#do('sell', { cell }));
      if (this.#side === 'bank' && !in_worn(cell)) add(in_bag(cell) ? 'store' : 'fetch', () => this.#store(cell));
      if (in_bag(cell)) add('drop', () => this.#do('drop', { cell }));
    }
    this.#show_item(item, button, actions, in_worn(cell));
    this.#menu_cell = with_actions ? cell : -1;
  }

  #show_item(item, beside, actions, worn_itself = false) {
    this.#menu_cell = -1;
    const slot = slots.indexOf(item.kind);
    const worn = slot >= 0 && !worn_itself && this.#held.has(worn_begin + slot) ? this.#item(worn_begin + slot) : null;
    const tip = by_id('goods-tip');
    const title = element('h3', '', item_name(item));
    title.dataset.rarity = item.rarity;
    const lines = item_lines(item, worn, this.#who).map(({ words, tone }) => element('p', tone, words));
    const buttons = actions.map(({ key, act }) => {
      const button = element('button', '', text(`goods.${key}`));
      button.type = 'button';
      button.addEventListener('click', () => { this.#hide_tip(); act(); });
      return button;
    });
    tip.replaceChildren(title, ...lines);
    if (buttons.length > 0) {
      const row = element('div', 'actions');
      row.append(...buttons);
      tip.append(row);
    }
    tip.classList.toggle('stays', buttons.length > 0);
    tip.hidden = false;
    const box = beside.getBoundingClientRect();
    const { width, height } = tip.getBoundingClientRect();
    const left = box.right + 8 + width < innerWidth ? box.right + 8 : Math.max(6, box.left - width - 8);
    tip.style.left = `${Math.min(left, innerWidth - width - 6)}px`;
    tip.style.top = `${Math.max(6, Math.min(box.top, innerHeight - height - 6))}px`;
  }

  #hide_tip(unless_it_stays = false) {
    const tip = by_id('goods-tip');
    if (unless_it_stays && tip.classList.contains('stays')) return;
    tip.hidden = true;
    this.#menu_cell = -1;
  }

  // A gamepad's button on a cell.
  #pad(event) {
    const cell = event.target.closest('.cell');
    if (!cell) return;
    event.preventDefault();
    if (event.type === 'pad-press') this.#usual(Number(cell.dataset.cell), event);
    else this.#show_tip(Number(cell.dataset.cell), true);
  }

  #key(event) {
    const cell = event.target.closest?.('.cell');
    if (cell && (event.code === 'Enter' || event.code === 'Space')) {
      event.preventDefault();
      this.#usual(Number(cell.dataset.cell), event);
    }
  }
}
