// What sounds all the time: the theme and the ambience of the place where one is. Which loops these are the game tells (Game.soundscape()), by
// data only. A loop is fetched when its place is entered or near, and faded into the one before. One that cannot be fetched is silence, and
// asked for again; it never disturbs anything else.

export const fade_s = 3;          // from one place's loops to the next one's
const patience_ms = 6000;         // so long the place left is heard while what belongs to the new one is on its way
const again_min_ms = 4000;        // after a loop could not be fetched, then twice as long each time
const again_max_ms = 60000;
const at_once = 2;                // so many are fetched at the same time

export class Loops {
  #fetch;
  #loops = [];      // by the table's index: { name, file, length_s, music, buffer, fetching, trouble, again_ms, after_ms, voice }
  #now = [];
  #near = [];
  #entered_ms = 0;

  // `fetch(file)` gives the decoded sound.
  constructor(fetch) { this.#fetch = fetch; }

  // `loops`: the game's table. Does nothing the second time: what sounds goes on.
  open(loops) {
    if (this.#loops.length > 0) return;
    this.#loops = loops.map(({ name, file, length_ms, music }) => (
      { name, file, length_s: length_ms / 1000, music, buffer: null, fetching: false, trouble: '', again_ms: again_min_ms, after_ms: 0, voice: null }));
  }

  // `place`: Game.soundscape(). Called ten times a second while one is in the world.
  update({ now, near }, now_ms) {
    const entered = now.map((index) => this.#loops[index]);
    if (entered.some((loop, i) => loop !== this.#now[i]) || entered.length !== this.#now.length) this.#entered_ms = now_ms;
    this.#now = entered;
    this.#near = near.map((index) => this.#loops[index]);
    // What is needed now comes first, and alone.
    const missing = (loop) => !loop.buffer && !loop.fetching && now_ms >= loop.after_ms;
    const fetching = () => this.#loops.filter((loop) => loop.fetching).length;
    const wanted = this.#now.some((loop) => !loop.buffer && !loop.trouble) ? this.#now : [...this.#now, ...this.#near];
    for (const loop of wanted.filter(missing)) if (fetching() < at_once) this.#get(loop, now_ms);
  }

  // Begins, fades and ends what is to. `bus(music)` is where a loop goes on to.
  play(context, bus, now_ms) {
    const on_its_way = this.#now.some((loop) => !loop.buffer && !loop.trouble) && now_ms - this.#entered_ms < patience_ms;
    for (const loop of this.#loops) {
      if (this.#now.includes(loop)) this.#begin(loop, context, bus);
      else if (loop.voice?.on && !on_its_way) this.#fade(loop.voice, 0, context);
      if (loop.voice && !loop.voice.on && context.currentTime > loop.voice.silent_s) this.#end(loop);
    }
  }

  stop() {
    for (const loop of this.#loops) this.#end(loop);
    this.#now = [];
    this.#near = [];
  }

  // For tests: what is fetched, and of what sounds how loud it is.
  facts() {
    const sounding = this.#loops.filter(({ voice }) => voice);
    return {
      fetched: this.#loops.filter(({ buffer }) => buffer).map(({ name }) => name),
      looping: sounding.filter(({ voice }) => voice.on).length,
      loops: Object.fromEntries(sounding.map(({ name, voice }) => [name, { on: voice.on, gain: voice.fade.gain.value }])),
      missing: this.#loops.filter(({ trouble }) => trouble).map(({ name, trouble }) => `${name}: ${trouble}`),
    };
  }

  #get(loop, now_ms) {
    loop.fetching = true;
    this.#fetch(loop.file).then((buffer) => {
      loop.buffer = buffer;
      loop.trouble = '';
    }, (error) => {
      loop.trouble = String(error.message || error);
      loop.after_ms = now_ms + loop.again_ms;
      loop.again_ms = Math.min(2 * loop.again_ms, again_max_ms);
      console.warn(`no ${loop.name}: ${loop.trouble}`);
    }).finally(() => { loop.fetching = false; });
  }

  #begin(loop, context, bus) {
    if (!loop.buffer) return;
    if (!loop.voice) {
      const { buffer, length_s, music } = loop;
      // Somewhere in the middle of what lies before the round: whatever the decoder put there, a whole round follows.
      const margin_s = (buffer.duration - length_s) / 2;
      const source = new AudioBufferSourceNode(context, { buffer, loop: true, loopStart: margin_s, loopEnd: margin_s + length_s });
      const fade = new GainNode(context, { gain: 0 });
      fade.gain.setValueAtTime(0, context.currentTime);
      source.connect(fade).connect(bus(music));
      source.start(0, margin_s);
      loop.voice = { source, fade, on: false, silent_s: 0 };
    }
    if (!loop.voice.on) this.#fade(loop.voice, 1, context);
  }

  // Goes on from however loud it is now, so that who turns back in the middle hears no step.
  #fade(voice, gain, context) {
    voice.on = gain > 0;
    voice.silent_s = context.currentTime + 2 * fade_s;
    voice.fade.gain.setTargetAtTime(gain, context.currentTime, fade_s / 3);
  }

  #end(loop) {
    loop.voice?.source.stop();
    loop.voice?.fade.disconnect();
    loop.voice = null;
  }
}
