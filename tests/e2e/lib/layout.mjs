// What lies over the game: where each part is, and whether any lies on another.

const parts = [
  '#own', '#target', '#duel', '#asked', '#effects', '#party', '#chart-small', '#people-button',
  '#settings-button', '#road', '#watched-by', '#chat-button', '#stick', '#attack', '#skills', '#bag-button', '#potion', '#banner', '#notices', '#moment.shown', '#death',
];

// Pairs of them that lie on each other, and what reaches beyond the screen.
export const faults_of = (visitor) => visitor.page.evaluate((selectors) => {
  const shown = selectors.map((selector) => [selector, document.querySelector(selector)]).filter(([, element]) => element?.getClientRects().length > 0)
    .map(([selector, element]) => [selector, element.getBoundingClientRect()]);
  const faults = shown.filter(([, box]) => box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight).map(([selector]) => `${selector} reaches beyond the screen`);
  shown.forEach(([one, a], index) => shown.slice(index + 1).forEach(([other, b]) => {
    if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1) faults.push(`${one} lies on ${other}`);
  }));
  return faults;
}, parts);
