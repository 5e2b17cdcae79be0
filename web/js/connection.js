// Tells in words how we stand with the server: entering, lost, found again, refused. Follows the phases of client/core:
//   idle, connecting, greeting, playing, switching (the road was lost, the game goes on over the next), waiting (all are; tries again by itself),
//   refused (for good)

import { say } from './say.js';
import { text } from './text.js';
import { watched_name } from './watch.js';

const by_id = (id) => document.getElementById(id);
const found_shown_ms = 2500;

export class Connection {
  #played = false;          // since the last join
  #lost = false;
  #found_ms = 0;
  #refused = false;
  #reason = '';             // why the line broke, as last told

  // `title`: Title; `on_playing()` when the world is there for the first time; `on_back()` to the title.
  constructor(title, on_playing, on_back) {
    this.title = title;
    this.on_playing = on_playing;
    by_id('stop-reload').addEventListener('click', () => location.reload());
    by_id('stop-back').addEventListener('click', () => {
      by_id('stop').close('back');
      on_back();
    });
    keep_open(by_id('stop'), by_id('stop-back'));
  }

  begin() {
    this.#played = this.#lost = this.#refused = false;
    this.title.busy(text('title.knocking'));
  }

  update(facts, now_ms) {
    const { phase } = facts;
    if (phase === 'refused') return this.#show_refusal(facts);
    if (phase === 'playing' && facts.self) this.#show_playing(now_ms);
    else if (this.#played && phase !== 'idle' && phase !== 'switching') this.#show_lost(facts);
    else if (phase === 'waiting') this.title.trouble(sentence(reason_words(facts), text('connection.no_answer')), again(facts));
  }

  #show_playing(now_ms) {
    if (!this.#played) {
      this.#played = true;
      this.title.trouble('');
      this.title.busy('');
      this.on_playing();
    }
    if (this.#lost) {
      this.#lost = false;
      this.#found_ms = now_ms;
      this.#banner(text('connection.found'), '', true);
    }
    if (this.#found_ms && now_ms - this.#found_ms > found_shown_ms) {
      this.#found_ms = 0;
      this.#banner('');
    }
  }

  #show_lost(facts) {
    if (!this.#lost || facts.phase === 'waiting') this.#reason = sentence(reason_words(facts), text('connection.no_answer_from'));
    this.#lost = true;
    this.#found_ms = 0;
    this.#banner(text('connection.lost', { reason: this.#reason }), facts.phase === 'waiting' ? again(facts) : text('connection.again'));
  }

  #show_refusal(facts) {
    if (this.#refused) return;
    this.#refused = true;
    this.#banner('');
    this.title.busy('');
    stop_with(text(watched_name ? 'watch.over' : 'stop.refused'), sentence(reason_words(facts), text('stop.no_reason')), true);
  }

  #banner(words, aside = '', good = false) {
    const banner = by_id('banner');
    say(banner, words, aside);
    banner.classList.toggle('good', good);
    banner.hidden = !words;
  }
}

// Why, in the player's language: a sentence of server or game that has a key (shared/protocol/sentences.h), or its words as they are.
function reason_words({ message, message_key: key }) {
  if (key) return text(key, { name: watched_name });
  return message && text('reason.other', { words: message });
}

function sentence(words, otherwise) {
  const told = words || otherwise;
  return told[0].toUpperCase() + told.slice(1) + (/[.!?…。！？]$/.test(told) ? '' : text('full_stop'));
}

function again(facts) {
  const seconds = Math.ceil(facts.retry_in_ms / 1000);
  return seconds > 0 ? text('connection.trying_in', { seconds }) : text('connection.trying');
}

// Behind the dialog lies a dead page: Escape, or Back on Android, presses `back` where it is there and else does nothing. A browser may close a
// dialog at the second try without asking, so it also comes again.
function keep_open(dialog, back) {
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    if (!back.hidden) back.click();
  });
  dialog.addEventListener('close', () => { if (dialog.returnValue !== 'back' && !dialog.open) dialog.showModal(); });
}

// The game cannot go on by itself; `may_go_back` offers the title besides loading anew.
export function stop_with(title, words, may_go_back) {
  by_id('stop-title').textContent = title;
  by_id('stop-words').textContent = words;
  by_id('stop-back').hidden = !may_go_back;
  by_id('stop').returnValue = '';
  if (!by_id('stop').open) by_id('stop').showModal();
}
