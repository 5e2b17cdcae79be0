// What players say to each other: the last lines at the lower left, the field to write in (Enter, or its button), and what can be done about
// somebody: whisper, mute, report. Names and words of others are any writing in any direction: they go in as text, and never as HTML.

import { characters_max, parse } from './chat_commands.js';
import { is_embedded } from './embed.js';
import { filtered } from './filter.js';
import { Muted } from './muted.js';
import { has_text, on_language, text } from './text.js';
import { watched_name } from './watch.js';
import { zone_name } from './zone.js';

const by_id = (id) => document.getElementById(id);
const lines_max = 100;
const names_max = 50;
const passing_ms = 14000;  // how long a line is seen while the field is closed

export class Chat {
  #muted = new Muted();
  #channel = { channel: 'say', to: '' };
  #names = [];           // of those who spoke lately, newest last
  #whisperer = '';
  #chosen = '';          // whom the menu is about
  #filters = true;
  #in_party = false;
  #self = { id: 0, name: '' };

  // `find_game` gives the running game or null; the keyboard goes back to `canvas`; `do_together(act, name)`: something with another player.
  constructor(find_game, canvas, do_together) {
    this.do_together = do_together;
    this.find_game = find_game;
    this.canvas = canvas;
    by_id('chat-button').addEventListener('pointerdown', (event) => event.preventDefault());  // the canvas keeps the keyboard
    by_id('chat-button').addEventListener('click', () => this.open());
    by_id('chat-channel').addEventListener('pointerdown', (event) => event.preventDefault());  // the field keeps it
    by_id('chat-channel').addEventListener('click', () => this.#next_channel());
    by_id('chat-form').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send();
    });
    by_id('chat-words').maxLength = characters_max * 2;  // of UTF-16; whoever writes more is told
    by_id('chat-words').addEventListener('blur', () => setTimeout(() => this.#close_unless_used(), 200));
    for (const act of ['whisper', 'mute', 'report']) by_id(`chat-${act}`).addEventListener('click', () => this.#choose(act));
    window.addEventListener('keydown', (event) => this.#on_key(event), true);
    window.addEventListener('pointerdown', ({ target }) => { if (!target.closest('#chat-menu, #chat-lines')) this.#show_menu(''); }, true);
    on_language(() => this.#show_channel());
  }

  // What "/duel NAME" does; set by who knows.
  on_duel = () => {};
  is_muted(name) { return this.#muted.has(name); }
  set_party(in_party) { this.#in_party = in_party; }
  whisper_to(name) {
    this.#channel = { channel: 'whisper', to: name };
    this.open();
    this.#show_channel();
  }

  set_filter(filters) { this.#filters = filters; }
  is_open() { return !by_id('chat-form').hidden; }
  has_keyboard() { return document.activeElement === by_id('chat-words'); }

  open() {
    if (is_embedded || watched_name || by_id('hud').hidden) return;
    by_id('chat-form').hidden = false;
    by_id('chat').classList.add('open');
    this.#show_channel();
    by_id('chat-words').focus();
    by_id('chat-lines').scrollTop = by_id('chat-lines').scrollHeight;
  }

  close() {
    if (!this.is_open()) return;
    const had_keyboard = this.has_keyboard();
    by_id('chat-form').hidden = true;
    by_id('chat').classList.remove('open');
    this.#show_menu('');
    by_id('chat-lines').scrollTop = by_id('chat-lines').scrollHeight;
    if (had_keyboard) this.canvas.focus();
  }

  // Somebody enters the world: what was said before, to another character perhaps, is not for it.
  begin() { by_id('chat-lines').replaceChildren(); }

  // `self`: { id, name } of the own character, or null.
  update(self) {
    const game = this.find_game();
    if (!game) return;
    if (self) this.#self = self;
    const { lines, outcomes } = game.talk();
    for (const line of lines) this.#hear(line);
    for (const outcome of outcomes) this.#settle(outcome);
  }

  #on_key(event) {
    if (!this.has_keyboard()) {
      if (event.key === 'Enter' && document.activeElement === this.canvas && !by_id('hud').hidden) {
        event.preventDefault();
        event.stopPropagation();
        this.open();
      }
      return;
    }
    // While an input method composes, its keys are its own: Enter takes the word, it does not send the line.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      this.close();
    } else if (event.key === 'Tab') {
      event.preventDefault();
      this.#next_channel();
    }
  }

  #close_unless_used() {
    const within = document.activeElement?.closest('#chat');
    if (!within && by_id('chat-words').value === '') this.close();
  }

  #send() {
    const field = by_id('chat-words');
    const said = parse(field.value, this.#channel, [...this.#names], this.#whisperer);
    if (said === null) return this.close();
    if (said.trouble) return this.#tell(text(`chat.trouble.${said.trouble}`, { most: characters_max }));
    field.value = '';
    if (said.act) return this.#act(said.act, said.name);
    if (said.channel !== 'emote') this.#channel = { channel: said.channel, to: said.to };
    this.#show_channel();
    if (!said.words) return;
    if (!this.find_game()?.speak(said.channel, said.to, said.words)) {
      field.value = said.words;
      return this.#tell(text('chat.trouble.unsayable'));
    }
    // Whispers go on to whom they went, the party's talk to the party; all else is said to those around again.
    if (said.channel !== 'whisper' && said.channel !== 'party') this.#channel = { channel: 'say', to: '' };
    this.close();
  }

  #next_channel() {
    const order = ['say', ...(this.#in_party ? ['party'] : []), 'zone', 'everybody', ...(this.#whisperer ? ['whisper'] : [])];
    const channel = order[(order.indexOf(this.#channel.channel) + 1) % order.length];
    this.#channel = { channel, to: channel === 'whisper' ? this.#whisperer : '' };
    this.#show_channel();
  }

  #show_channel() {
    const { channel, to } = this.#channel;
    by_id('chat-channel').textContent = text(`chat.to.${channel}`, { name: to });
    by_id('chat').dataset.channel = channel;
    by_id('chat-words').placeholder = text('chat.placeholder');
  }

  #hear({ channel, from, entity, words, zone }) {
    if (this.#muted.has(from)) return;
    this.#remember(from);
    if (channel === 'whisper') {
      this.#whisperer = from;
      this.find_game()?.cue('whisper');
    }
    this.#add(channel, from, words, entity, zone);
  }

  #settle({ report, channel, to, words, heard, zone, trouble }) {
    if (report) return this.#tell(trouble ? text(`chat.trouble.${trouble}`, { name: to }) : text('chat.reported', { name: to }));
    if (trouble) {
      // What was not said is not lost: it stands in the field again, unless something else does.
      if (channel !== 'emote' && by_id('chat-words').value === '') by_id('chat-words').value = words;
      return this.#tell(text(`chat.trouble.${trouble}`, { name: to }));
    }
    if (channel === 'whisper') this.#add('whispered', to, words, 0);
    else this.#add(channel, this.#self.name, words, this.#self.id, zone);
    if (channel === 'say' && heard === 0) this.#tell(text('chat.alone'));
  }

  #act(act, name) {
    if (act === 'duel') {
      this.close();
      return this.on_duel(name);
    }
    if (['trade', 'invite', 'leave'].includes(act)) {
      this.close();
      return this.do_together(act, name);
    }
    if (act === 'report') {
      if (!this.find_game()?.report(name)) this.#tell(text('chat.trouble.no_name'));
      return;
    }
    this.#muted.set(name, act === 'mute');
    this.#tell(text(act === 'mute' ? 'chat.muted' : 'chat.unmuted', { name }));
  }

  #choose(act) {
    const name = this.#chosen;
    this.#show_menu('');
    if (act === 'mute') return this.#act(this.#muted.has(name) ? 'unmute' : 'mute', name);
    if (act === 'report') return this.#act('report', name);
    this.whisper_to(name);
  }

  #show_menu(name, line = null) {
    this.#chosen = name;
    const menu = by_id('chat-menu');
    menu.hidden = name === '';
    if (name === '') return;
    by_id('chat-menu-name').textContent = name;
    by_id('chat-mute').textContent = text(this.#muted.has(name) ? 'chat.unmute' : 'chat.mute');
    line.append(menu);
    menu.scrollIntoView({ block: 'nearest' });
  }

  #remember(name) {
    if (name === this.#self.name) return;
    this.#names = [...this.#names.filter((known) => known !== name), name].slice(-names_max);
  }

  // A line of `kind`, a channel or "whispered"; over the head of `entity`, if that is somebody near; `zone`: where it was said, of that channel.
  #add(kind, name, words, entity, zone = '') {
    const shown = this.#filters ? filtered(words) : words;
    const line = document.createElement('li');
    line.className = kind;
    const who = document.createElement('button');
    who.type = 'button';
    who.tabIndex = -1;
    const written = document.createElement('bdi');
    written.textContent = name;
    who.append(written);
    const own = name === this.#self.name;
    who.disabled = own;
    who.addEventListener('click', () => this.#show_menu(this.#chosen === name ? '' : name, line));
    const rest = document.createElement('bdi');
    rest.className = 'words';
    const gesture = kind === 'emote' ? text(`chat.emote.${words}`) : '';
    rest.textContent = kind === 'emote' ? gesture : shown;
    const mark = document.createElement('span');
    mark.className = 'mark';
    const key = kind === 'zone' && !zone ? 'chat.mark.nowhere' : `chat.mark.${kind}`;
    mark.textContent = has_text(key) ? text(key, { zone: zone_name(zone) }) : '';
    line.append(mark, who, rest);
    this.#append(line);
    if (entity && (kind === 'say' || kind === 'emote')) this.find_game()?.show_line(entity, kind === 'emote' ? `* ${gesture} *` : shown);
  }

  // The page itself says something.
  #tell(words) {
    const line = document.createElement('li');
    line.className = 'told';
    line.textContent = words;
    this.#append(line);
  }

  #append(line) {
    const list = by_id('chat-lines');
    const at_end = list.scrollTop + list.clientHeight >= list.scrollHeight - 8;
    list.append(line);
    while (list.children.length > lines_max) list.firstElementChild.remove();
    setTimeout(() => line.classList.add('past'), passing_ms);
    if (at_end || !this.is_open()) list.scrollTop = list.scrollHeight;
  }
}
