// How items look: a shape by the name in their row (assets/content/items.json: icon), in the colours of what they are made of (tier). Drawn in
// three tones, light from the upper left as in the world. Only draws.

const namespace = 'http://www.w3.org/2000/svg';

// Light, middle and dark of what things are made of, by tier; brews have their own.
const materials = [
  ['#d9a66a', '#9a6636', '#5a3619'],  // wood, leather
  ['#e2e6ea', '#9aa3ad', '#545c66'],  // iron
  ['#dff1ff', '#7fa9d6', '#3a5a8a'],  // steel
  ['#c9f2d0', '#54b27a', '#1f6a4a'],  // jade
  ['#ffe3a0', '#e8912e', '#9c3b14'],  // ember, gold
  ['#f0e6ff', '#a883d8', '#5a3a8e'],  // star, bone
];
const brews = [['#ffc0b0', '#d8372a', '#7d120c'], ['#ffc4f0', '#c234a0', '#6a1058'], ['#fff0b0', '#e8b02e', '#8f5f10'], ['#c4e8ff', '#3a8fe0', '#123f86'], ['#d0ffc4', '#46b83a', '#145a10'], ['#f0e6ff', '#a883d8', '#5a3a8e']];

const hilt = '<path fill="#6b4423" d="M9 39l6-6 3 3-6 6z"/><path fill="#e6b450" d="M12 29l7 7-2.500 2.500-7-7z"/><circle cx="9" cy="40" r="3" fill="#e6b450"/>';
const shapes = {
  coins: '<ellipse cx="18" cy="33" rx="11" ry="6" fill="#8f5f10"/><ellipse cx="18" cy="30" rx="11" ry="6" fill="#f2c14e"/><ellipse cx="18" cy="25" rx="11" ry="6" fill="#8f5f10"/><ellipse cx="18" cy="22" rx="11" ry="6" fill="#ffe08a"/><ellipse cx="32" cy="36" rx="10" ry="5.500" fill="#8f5f10"/><ellipse cx="32" cy="33" rx="10" ry="5.500" fill="#f2c14e"/><ellipse cx="32" cy="33" rx="6" ry="3" fill="#ffe9a8"/>',
  potion: '<path fill="#7a5230" d="M20 4h8v6h-8z"/><path fill="#cfe6ee" opacity=".85" d="M20 9h8v8c7 3 11 8 11 14 0 8-6 13-15 13S9 39 9 31c0-6 4-11 11-14z"/><path class="b" d="M12 28c4-3 8 2 12 0s8-2 12 0c1 9-4 13-12 13s-13-4-12-13z"/><path class="c" d="M14 34c2 5 6 7 10 7s9-2 11-7c-3 3-17 3-21 0z"/><path class="a" d="M14 26c1-4 4-6 6-7l1 2c-3 2-4 4-5 7z"/><circle class="a" cx="29" cy="31" r="1.800"/><circle class="a" cx="25" cy="35" r="1.200"/>',
  fang: '<path class="c" d="M13 8c10-3 22 1 23 6 0 12-6 22-13 28 2-10 0-18-6-24-4-3-6-8-4-10z"/><path class="b" d="M14 8c9-3 19 0 21 5 0 12-5 20-11 27 2-9 0-17-6-22-4-3-6-8-4-10z"/><path class="a" d="M17 9c5-1 8 1 10 5 2 5 2 11 0 17-1-8-4-12-8-15-3-3-4-6-2-7z"/>',
  pelt: '<path class="c" d="M10 9l8 3h12l8-3-2 9 5 6-6 4 1 11-7-4-5 6-5-6-7 4 1-11-6-4 5-6z"/><path class="b" d="M12 11l7 3h10l7-3-2 8 4 5-5 4 1 8-6-3-4 5-4-5-6 3 1-8-5-4 4-5z"/><path class="a" d="M19 17h5l-2 14-5-5z"/>',
  bone: '<path class="c" d="M12 32l20-20c-3-6 5-10 8-4 6 3 2 11-4 8L16 36c3 6-5 10-8 4-6-3-2-11 4-8z"/><path class="b" d="M13 31l19-19c-2-5 4-8 7-3 5 2 2 8-3 7L17 35c2 5-4 8-7 3-5-2-2-8 3-7z"/><path class="a" d="M15 31l18-18 1 1-18 18z"/>',
  silk: '<ellipse cx="24" cy="26" rx="14" ry="13" class="c"/><ellipse cx="23" cy="25" rx="13" ry="12" class="b"/><path fill="none" stroke="#fff" stroke-opacity=".7" stroke-width="1.600" d="M12 20c8 0 16 4 22 12M11 26c8-1 14 2 18 10M16 15c8 2 15 7 20 14M24 13c-1 9-5 17-12 20M32 16c-3 9-9 17-17 20"/><path fill="none" stroke="#eee" stroke-width="1.500" d="M34 16c4-3 6-6 8-10"/>',
  club: '<path class="c" d="M8 38l16-18c3-8 9-13 14-13 4 1 5 6 3 11-2 4-7 8-14 11L12 43c-3 2-6-2-4-5z"/><path class="b" d="M9 38l16-17c3-8 8-12 13-12 3 1 4 5 2 9-2 4-6 7-13 10L12 41c-2 1-4-1-3-3z"/><path class="a" d="M27 19c2-5 6-8 10-8l-2 4c-3 1-5 3-6 6z"/><path class="c" d="M33 18l3 2-2 3-3-2zM30 12l2 3-3 1z"/>',
  sword: `<path class="c" d="M16 30L37 7l5-2-2 5-21 23z"/><path class="a" d="M16 30L37 7l5-2L18 31z"/><path class="b" d="M18 31L42 5l-2 5-20 23z"/>${hilt}`,
  staff: '<path fill="#5a3619" d="M8 42L28 18l3 3L11 44z"/><path fill="#9a6636" d="M8 42L28 18l1.500 1.500L9.500 43z"/><path fill="#9a6636" d="M25 20c-3-6 0-12 4-15-1 5 0 8 3 11zM28 23c6 3 12 0 15-4-5 1-8 0-11-3z"/><circle cx="34" cy="13" r="7.500" class="c"/><circle cx="33.500" cy="12.500" r="6.500" class="b"/><path class="a" d="M29 11c1-3 4-4 6-4-1 2-3 4-6 4z"/>',
  mail: '<path class="c" d="M15 7h5c1 3 7 3 8 0h5l9 6-4 10-4-2v21H14V21l-4 2L6 13z"/><path class="b" d="M16 9h3c2 3 8 3 10 0h3l8 5-3 7-4-2v21H15V19l-4 2-3-7z"/><path class="a" d="M16 10l3 1v28h-3V19z"/><path class="c" d="M15 27h18v2H15zM15 34h18v2H15z" opacity=".5"/><path class="a" d="M20 16h8v2h-8zM20 20h8v2h-8z" opacity=".6"/>',
  robe: '<path class="c" d="M17 6h14l4 6 6 13-5 3-3-6 4 21H11l4-21-3 6-5-3 6-13z"/><path class="b" d="M18 8h12l4 5 5 11-3 2-4-8 3 23H13l3-23-4 8-3-2 5-11z"/><path class="a" d="M18 8h3l3 6 3-6h3l-4 9v24h-4V17z"/><path fill="#e6b450" d="M16 24h16v3H16z"/>',
  helmet: '<path class="c" d="M8 30C8 15 15 7 24 7s16 8 16 23v5l-7 6-3-11H18l-3 11-7-6z"/><path class="b" d="M10 30c0-13 6-21 14-21s14 8 14 21v3l-4 4-3-9H17l-3 9-4-4z"/><path class="a" d="M13 28c0-10 4-16 9-17-3 4-5 9-5 17z"/><path fill="#e6b450" d="M22 6h4v21h-4z"/>',
  straw: '<ellipse cx="24" cy="31" rx="20" ry="8" class="c"/><ellipse cx="24" cy="29.500" rx="19" ry="7" class="a"/><path class="b" d="M14 29c0-10 4-16 10-16s10 6 10 16c-6 3-14 3-20 0z"/><path fill="#7d120c" d="M14 26c6 3 14 3 20 0v3c-6 3-14 3-20 0z"/><path class="a" d="M18 24c0-5 2-8 5-9-2 3-2 6-2 10z"/>',
  ring: '<path class="c" fill-rule="evenodd" d="M24 16a13 13 0 1 1 0 26 13 13 0 0 1 0-26zm0 5a8 8 0 1 0 0 16 8 8 0 0 0 0-16z"/><path class="b" fill-rule="evenodd" d="M24 17a12 12 0 1 1 0 24 12 12 0 0 1 0-24zm0 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z"/><path fill="#7d120c" d="M18 10l6-5 6 5-6 9z"/><path fill="#e8503a" d="M18 10l6-5 6 5z"/><path fill="#ffb0a0" d="M20 9l4-3v4z"/>',
};
const unknown = '<rect x="12" y="12" width="24" height="24" rx="4" class="b"/>';

// A picture of the item, for people who see; its name belongs to whatever holds it.
export function item_icon({ icon, kind, tier }) {
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 48 48');
  svg.setAttribute('aria-hidden', 'true');
  svg.classList.add('item-icon');
  const [light, middle, dark] = (kind === 'potion' ? brews : materials)[tier] ?? materials[0];
  svg.style.setProperty('--a', light);
  svg.style.setProperty('--b', middle);
  svg.style.setProperty('--c', dark);
  svg.innerHTML = shapes[icon] ?? unknown;  // our own text, from above
  return svg;
}
