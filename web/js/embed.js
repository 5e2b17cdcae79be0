// The game inside another page of ours (/transports): no head-up display, nothing remembered, and the page around it walks the character.

export const is_embedded = new URLSearchParams(location.search).get('embed') === '1' && window.parent !== window;

// `find_game` gives the running game or null. The page around says { walk: { x, y } }, each -1..1 on the screen with y down.
export function obey_parent(find_game) {
  if (!is_embedded) return;
  document.body.classList.add('embedded');
  window.addEventListener('message', ({ origin, source, data }) => {
    if (origin !== location.origin || source !== window.parent) return;
    const { x, y } = data?.walk ?? {};
    if (Number.isFinite(x) && Number.isFinite(y)) find_game()?.stick(x, y);
  });
}
