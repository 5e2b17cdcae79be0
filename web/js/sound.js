// What is heard: fetches the sounds once one is in the world, decodes them, and plays what the game says (Game.on_sound) and the loops (loops.js).
// Effects that a newcomer does not hear at once lie in a file of their own, fetched when the first of them is needed or another zone is near.
//
//   effects ─> gain and pan of each ─┐
//   ambience ────────────────────────┴> effects volume ─┐
//   music ────────────────────────────> music volume ───┴> master volume ─> limiter ─> ears
//
// A browser lets nothing sound before the first key, click or tap; until then, and while the tab is hidden, nothing is begun at all.

import { is_embedded } from './embed.js';
import { fetch_file, fetch_manifest } from './loader.js';
import { Loops } from './loops.js';

const rate_hz = 24000;          // of the files: decoded to that, they take half the memory (bake/sound)
const after_entering_ms = 1500; // the first moments in the world belong to the world
const again_min_ms = 2000;  // after the sounds could not be fetched, then twice as long each time
const again_max_ms = 60000;
const tick_within_s = 0.4;      // no decoder puts more silence before the sound
const volume_s = 0.05;          // a volume turned at once would click

// Where the decoded effects begin: the tick is the loudest of the first moments, and lies `tick_ms` after the beginning.
function beginning_of(buffer, tick_ms) {
  const samples = buffer.getChannelData(0).subarray(0, Math.round(tick_within_s * buffer.sampleRate / 2));
  let loudest = 0;
  samples.forEach((sample, i) => { if (Math.abs(sample) > Math.abs(samples[loudest])) loudest = i; });
  return loudest / buffer.sampleRate - tick_ms / 1000;
}

function decode(bytes) {
  return new OfflineAudioContext(1, 1, rate_hz).decodeAudioData(bytes.buffer);
}

export class Sound {
  #find_game;
  #context = null;
  #effects_bus;
  #music_bus;
  #master;
  #meter;
  #volumes = { master: 0.8, effects: 1, music: 0.6 };
  #table = null;
  #files = null;           // the server's list
  #effects = null;         // decoded; { buffer, begin_s }
  #later = null;           // the same of those that come later
  #later_after_ms = 0;     // not asked for before
  #later_again_ms = again_min_ms;
  #loops = new Loops((file) => this.#fetch(file));
  #in_world = false;
  #loading = false;
  #trouble = '';
  #started = {};           // how often each sound began, for tests

  // `find_game` gives the running game or null.
  constructor(find_game) {
    this.#find_game = find_game;
    if (is_embedded || typeof AudioContext === 'undefined') return;
    for (const type of ['pointerup', 'keydown', 'touchend']) window.addEventListener(type, () => this.#unlock(), { capture: true, passive: true });
    document.addEventListener('visibilitychange', () => this.#follow_tab());
    document.addEventListener('click', ({ target }) => {
      if (target.closest?.('button') && !target.closest('#hud')) this.cue('button');  // what is in the hud is heard by what it does
    });
  }

  // One is in the world: from now on there is something to hear.
  begin() {
    this.#in_world = true;
    if (is_embedded || this.#loading) return;
    this.#loading = true;
    this.#load_after(after_entering_ms, again_min_ms);
  }

  // A game without sound is still one; a server that was away for a moment has it later.
  #load_after(delay_ms, again_ms) {
    setTimeout(() => this.#load().then(() => { this.#trouble = ''; }, (error) => {
      this.#trouble = String(error.message || error);
      console.warn(`no sound: ${this.#trouble}`);
      this.#load_after(again_ms, Math.min(2 * again_ms, again_max_ms));
    }), delay_ms);
  }

  // Back at the title.
  end() {
    this.#in_world = false;
    this.#loops.stop();
  }

  // Ten times a second while one is in the world: follows the place.
  update() {
    const place = this.#effects && this.#in_world ? this.#find_game()?.soundscape() : null;
    if (!place) return;
    const now_ms = performance.now();
    this.#loops.update(place, now_ms);
    if (place.near.length > 0) this.#want_later();
    if (this.#can_play()) this.#loops.play(this.#context, (music) => (music ? this.#music_bus : this.#effects_bus), now_ms);
  }

  // 0..1 each.
  set_volumes({ master, effects, music }) {
    this.#volumes = { master, effects, music };
    if (!this.#context) return;
    const turn = (node, volume) => node.gain.setTargetAtTime(volume * volume, this.#context.currentTime, volume_s);  // ears hear in squares
    turn(this.#master, master);
    turn(this.#effects_bus, effects);
    turn(this.#music_bus, music);
  }

  // One of the page's own sounds.
  cue(key) { if (this.#can_play()) this.#find_game()?.cue(key); }

  // For tests: what was begun so far, and how loud it is now.
  facts() {
    let level = 0;
    if (this.#context) {
      const samples = new Float32Array(this.#meter.fftSize);
      this.#meter.getFloatTimeDomainData(samples);
      level = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    }
    return {
      state: this.#context?.state ?? 'locked', loaded: Boolean(this.#effects), later: Boolean(this.#later), trouble: this.#trouble, started: this.#started, level,
      begin_ms: Math.round((this.#effects?.begin_s ?? 0) * 1000), volumes: this.#volumes, ...this.#loops.facts(),
    };
  }

  #can_play() { return this.#effects !== null && this.#context?.state === 'running' && !document.hidden; }

  // In the first gesture, and again after the system took the sound away (a call on a phone).
  #unlock() {
    if (!this.#context) this.#build();
    if (this.#context.state !== 'running' && !document.hidden) this.#context.resume().catch(() => {});
  }

  #build() {
    const context = new AudioContext({ latencyHint: 'interactive' });
    this.#context = context;
    const limiter = new DynamicsCompressorNode(context, { threshold: -8, knee: 6, ratio: 12, attack: 0.002, release: 0.15 });
    this.#meter = new AnalyserNode(context, { fftSize: 2048 });
    this.#master = new GainNode(context, { gain: 0 });
    this.#effects_bus = new GainNode(context, { gain: 0 });
    this.#music_bus = new GainNode(context, { gain: 0 });
    this.#effects_bus.connect(this.#master);
    this.#music_bus.connect(this.#master);
    this.#master.connect(limiter).connect(this.#meter).connect(context.destination);
    this.set_volumes(this.#volumes);
  }

  #follow_tab() {
    if (!this.#context) return;
    if (document.hidden) this.#context.suspend().catch(() => {});
    else this.#context.resume().catch(() => {});
  }

  async #load() {
    this.#files = await fetch_manifest();
    const game = this.#find_game();
    if (!game) return;
    if (!this.#effects) {
      game.open_sounds(await fetch_file(this.#files, 'sounds.bin'));
      const table = game.sound_table();
      this.#table = table;
      this.#loops.open(table.loops);
      this.#effects = this.#effects_in(await this.#fetch(table.effects_file));
      game.on_sound((...sound) => this.#start(...sound));
    }
  }

  #effects_in(buffer) { return { buffer, begin_s: beginning_of(buffer, this.#table.tick_ms) }; }

  // After a failure by a new list: a newer server may have newer files.
  async #fetch(file) {
    this.#files ??= await fetch_manifest();
    try {
      return await decode(await fetch_file(this.#files, file));
    } catch (error) {
      this.#files = null;
      throw error;
    }
  }

  // Until they are there, what lies in them is not heard.
  #want_later() {
    const now_ms = performance.now();
    if (this.#later || now_ms < this.#later_after_ms || !this.#table.later_file) return;
    this.#later_after_ms = Infinity;
    this.#fetch(this.#table.later_file).then((buffer) => {
      this.#later = this.#effects_in(buffer);
    }, (error) => {
      this.#later_after_ms = performance.now() + this.#later_again_ms;
      this.#later_again_ms = Math.min(2 * this.#later_again_ms, again_max_ms);
      console.warn(`no later sounds: ${error.message || error}`);
    });
  }

  #start(index, take, gain, pan, rate) {
    if (!this.#can_play()) return;
    const sound = this.#table.sounds[index];
    const effects = sound.later ? this.#later : this.#effects;
    if (!effects) return this.#want_later();
    const source = new AudioBufferSourceNode(this.#context, { buffer: effects.buffer, playbackRate: rate });
    const loudness = new GainNode(this.#context, { gain });
    source.connect(loudness);
    if (pan === 0 || typeof StereoPannerNode === 'undefined') loudness.connect(this.#effects_bus);
    else loudness.connect(new StereoPannerNode(this.#context, { pan })).connect(this.#effects_bus);
    source.start(0, effects.begin_s + sound.takes_ms[take] / 1000, sound.length_ms / 1000);
    this.#started[sound.name] = (this.#started[sound.name] ?? 0) + 1;
  }
}
