// window.cudgel: what tests and tools may read. Every call gives a new frozen copy; nothing can be changed through it.

const before_the_game = {
  connected: false, phase: 'loading', message: '', transport: '', tick: 0, round_trip_ms: 0, frames_received: 0, bytes_received: 0, corrections: 0,
  frame_ms_p95: 0, switches: 0, climbs: 0, roads: [], self: null, entities: [],
};

const frozen = (text) => JSON.parse(text, (key, value) => Object.freeze(value));

// `find_game` gives the running game or null; `sound`: Sound.
export function expose(find_game, sound) {
  const api = {
    state: () => frozen(find_game()?.state_text() ?? JSON.stringify(before_the_game)),
    events: () => frozen(find_game()?.events_text() ?? '[]'),
    sound: () => frozen(JSON.stringify(sound.facts())),
  };
  Object.defineProperty(window, 'cudgel', { value: Object.freeze(api), enumerable: true });
}
