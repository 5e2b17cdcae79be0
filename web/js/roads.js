// The roads to the server by name: which one was asked for, and the icon that says that it is not the best one.

const words_for = {
  ws: '',  // as it should be: nothing to say
  sse: 'Something on the way stops WebSockets. The game goes on over Server-Sent Events.',
  longpoll: 'Something on the way stops WebSockets and streams. The game goes on by long polling.',
  poll: 'Something on the way stops all but short requests. The game goes on by polling, a little later than usual.',
};

// ?transport=ROAD takes that one only.
function asked() {
  const name = new URLSearchParams(location.search).get('transport') ?? '';
  if (name === '' || Object.hasOwn(words_for, name)) return { name };
  return { name: '', problem: `There is no road called ${name}: after ?transport= may stand ws, sse, longpoll or poll.` };
}

// { name, '' for the best that works; problem, in words, when there is one }
export const asked_road = asked();

export class RoadIcon {
  #element = document.getElementById('road');
  #shown = 'ws';

  update({ phase, net: { transport } }) {
    if (phase !== 'playing' || transport === this.#shown) return;
    this.#shown = transport;
    const words = asked_road.name ? `The page was asked to take this road only: ${transport}.` : words_for[transport];
    this.#element.title = words;
    this.#element.setAttribute('aria-label', words);
    this.#element.dataset.road = transport;
    this.#element.hidden = transport === 'ws';
  }
}
