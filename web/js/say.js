// Writes to live regions, which a screen reader reads out whenever they change.

// `words` are read out when they are new. `aside` follows them and is only seen: a countdown would be read out at every second.
export function say(element, words, aside = '') {
  if (element.dataset.words !== words) {
    element.dataset.words = words;
    element.textContent = words;
  }
  let silent = element.querySelector('[aria-hidden]');
  if (!silent && aside) {
    silent = document.createElement('span');
    silent.setAttribute('aria-hidden', 'true');
    element.append(silent);
  }
  if (silent && silent.textContent !== aside) silent.textContent = aside;
}
