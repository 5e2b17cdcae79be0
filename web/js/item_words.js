// What is said of an item: its name, what it does, what it needs, and what would change by wearing it. Words only.

import { has_text, text } from './text.js';

export const item_name = (item) => (has_text(`name.${item.name}`) ? text(`name.${item.name}`) : item.name.replaceAll('_', ' '));

const signed = (number) => (number > 0 ? `+${number}` : String(number));
const damage_of = (item) => (item ? (item.damage_min + item.damage_max) / 2 : 0);

// Lines of { words, tone }: tone 'good', 'bad' or ''. `worn`: what is worn in its slot now, or null; `who`: { level, class }.
export function item_lines(item, worn, who) {
  const lines = [{ words: text(`item.kind.${item.kind}`), tone: 'faint' }];
  if (item.damage_max > 0) lines.push({ words: text('item.damage', { low: item.damage_min, high: item.damage_max }), tone: '' });
  if (item.armour > 0) lines.push({ words: text('item.armour', { points: item.armour }), tone: '' });
  if (item.health > 0) lines.push({ words: text('item.health', { points: item.health }), tone: '' });
  if (item.heals > 0) lines.push({ words: text('item.heals', { points: item.heals }), tone: '' });
  if (item.class) lines.push({ words: text('item.class', { name: text(`class.${item.class}`) }), tone: who && who.class !== item.class ? 'bad' : '' });
  if (item.level > 1) lines.push({ words: text('item.level', { level: item.level }), tone: who && who.level < item.level ? 'bad' : '' });
  if (worn) lines.push(...compared(item, worn));
  if (item.price > 1) lines.push({ words: text('item.worth', { gold: Math.floor(item.price / 2) }), tone: 'faint' });
  return lines;
}

function compared(item, worn) {
  const lines = [{ words: text('item.instead', { name: item_name(worn) }), tone: 'faint' }];
  const differences = { damage: damage_of(item) - damage_of(worn), armour: item.armour - worn.armour, health: item.health - worn.health };
  for (const [what, points] of Object.entries(differences)) {
    if (points !== 0) lines.push({ words: text(`item.more.${what}`, { points: signed(points) }), tone: points > 0 ? 'good' : 'bad' });
  }
  return lines;
}
