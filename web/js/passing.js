// Words that pass in the middle of the picture: where they may stand, and the large word of a moment ("Level 2", "Fight!").

const by_id = (id) => document.getElementById(id);

// From now on they stand below what the middle of the top holds; upright phones have all of the top in one column.
export function keep_below_top() {
  const [status, middle, passing] = ['status', 'middle', 'passing'].map(by_id);
  const place = () => {
    const column = getComputedStyle(middle).position === 'static' ? status : middle;
    passing.style.setProperty('--taken', `${Math.round(column.getBoundingClientRect().bottom)}px`);
  };
  const watch = new ResizeObserver(place);
  for (const element of [status, middle, document.body]) watch.observe(element);
  by_id('moment').addEventListener('animationend', ({ target }) => target.classList.remove('shown'));
}

export function show_moment(words) {
  const moment = by_id('moment');
  moment.textContent = words;
  moment.classList.remove('shown');
  void moment.offsetWidth;
  moment.classList.add('shown');
}
