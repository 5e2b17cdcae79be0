// The page: shows the title, loads the game meanwhile, and from then on carries facts from the game to what lies over it.

import { expose } from './api.js';
import { Chat } from './chat.js';
import { Chart } from './chart.js';
import { Duel } from './duel.js';
import { Connection, stop_with } from './connection.js';
import { Game, GameError } from './game.js';
import { is_embedded, obey_parent } from './embed.js';
import { connect_gamepads } from './gamepad.js';
import { GoodsPanel } from './goods.js';
import { Hints } from './hints.js';
import { Hud } from './hud.js';
import { keep_token, kept_token } from './keepsake.js';
import { LoadError, load_game } from './loader.js';
import { Overlay } from './overlay.js';
import { PadPointer } from './pad_pointer.js';
import { pad_surfaces } from './pad_surfaces.js';
import { People } from './people.js';
import { RoadIcon, asked_road } from './roads.js';
import { Sound } from './sound.js';
import { Settings, follow_language } from './settings.js';
import { text, text_lines, on_language } from './text.js';
import { Title } from './title.js';
import { Together } from './together.js';
import { Watch, watched_name } from './watch.js';
import { ZoneSign } from './zone.js';
import { connect_attack, connect_stick, watch_for_fingers } from './touch.js';

const canvas = document.getElementById('canvas');
const hud_interval_ms = 100;
const hidden_pulse_ms = 250;  // browsers stretch this to a second in hidden tabs, and after some minutes to a minute

let game = null;
let wanted = null;            // who enters as soon as the game is loaded
let playing = null;           // who is in the world, or on the way there
const intervals = [];         // what goes on while the game does

const find_game = () => game;
const sound = new Sound(find_game);
expose(find_game, sound);
watch_for_fingers();
connect_stick(find_game);
connect_attack(find_game);
obey_parent(find_game);

const settings = new Settings(() => { if (playing && !is_embedded) canvas.focus(); });
settings.follow(({ master, effects, music }) => sound.set_volumes({ master: master / 100, effects: effects / 100, music: music / 100 }));
await follow_language(settings);  // before the first words are written

const hud = new Hud(find_game);
settings.follow(({ keys }) => hud.set_keys(keys));
const overlay = new Overlay(find_game, canvas);
const road_icon = new RoadIcon();
const together = new Together(find_game, (words) => show_line(words), (name) => chat.whisper_to(name), (name) => chat.is_muted(name));
const people = new People(find_game, (who, place) => together.choose(who, place));
const chart = new Chart(find_game, () => document.activeElement === canvas);
settings.follow(({ keys }) => chart.set_keys(keys));
const zone_sign = new ZoneSign(find_game);
const chat = new Chat(find_game, canvas, (act, name) => together.command(act, name));
settings.follow(({ filter }) => chat.set_filter(filter));
const goods = new GoodsPanel(find_game, (words) => show_line(words), () => { if (!is_embedded) canvas.focus(); });
const hints = new Hints(() => goods.was_opened);
settings.follow(({ keys }) => hints.set_keys(keys));
const duel = new Duel(find_game, (words) => show_line(words), (name) => chat.is_muted(name));
chat.on_duel = (name) => duel.challenge(name);
const in_world = () => playing && !document.getElementById('hud').hidden;
const may_point = () => !watched_name && (in_world() || !playing || document.getElementById('stop').open);
const pad_pointer = new PadPointer(pad_surfaces({ chat, goods, together, chart, people, settings }), (yes) => duel.answer(yes) || together.answer(yes));
connect_gamepads(find_game, () => in_world() && !watched_name && !settings.is_open() && !chat.is_open(), pad_pointer, may_point);
const watch = new Watch(find_game);
settings.follow(({ watched }) => watch.allow(watched));
const title = new Title((who) => {
  if (asked_road.unknown) return title.trouble(text('road.unknown', { road: asked_road.unknown }));
  wanted = who;
  if (game) enter();
  else title.busy(text('title.loading'));
});
const connection = new Connection(title, () => {
  title.hide();
  pad_pointer.close();  // what entered was pressed for the title
  hud.show(true);
  sound.begin();
  if (!is_embedded) canvas.focus();  // the keys belong to the page around
}, () => {
  if (watched_name) return location.replace('./');
  game?.leave();
  playing = null;
  people.close();
  chat.close();
  chart.close();
  zone_sign.forget();
  goods.close();
  duel.close();
  together.end();
  sound.end();
  hud.show(false);
  title.show();
});

function server_address() {
  const address = new URL('ws', location.href);
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  address.search = '';
  address.hash = '';
  return address.href;
}

function look_on() {
  playing = { name: watched_name, class_name: '' };
  connection.begin();
  game.watch(server_address(), watched_name, asked_road.name);
}

function enter() {
  const { name, class_name } = wanted;
  playing = wanted;
  wanted = null;
  connection.begin();
  chat.begin();
  if (!game.join(server_address(), name, class_name, kept_token(name, class_name), asked_road.name)) {
    title.busy('');
    title.trouble(text('title.no_class', { name: class_name }));
  }
}

function show_line(words) {
  const line = document.createElement('li');
  line.textContent = words;
  line.addEventListener('animationend', () => line.remove());
  document.getElementById('notices').append(line);
}

function show_notices() {
  for (const words of game.notices()) show_line(words);
}

// Every connection brings a new secret.
let kept = '';
function remember_character() {
  const token = game.token();
  if (!playing || watched_name || !token || token === kept) return;
  kept = token;
  keep_token(playing.name, playing.class_name, token);
}

function refresh() {
  const facts = game.hud();
  const now_ms = performance.now();
  connection.update(facts, now_ms);
  hud.update(facts);
  hints.update(facts);
  duel.update(facts);
  watch.update(facts);
  road_icon.update(facts);
  remember_character();
  overlay.update(facts, now_ms);
  people.update(now_ms);
  chat.update(facts.self);
  chart.update(now_ms, facts.self?.zone);
  if (playing) zone_sign.update(facts, now_ms);
  const company = game.together();
  together.update(company, facts.target, facts.self?.id ?? 0);
  chat.set_party(company.party.mates.length > 0);
  goods.update(facts.self ?? null, company.trade);
  show_notices();
  if (playing) sound.update();
}

// Keys that belong to the browser or the page are kept from SDL, which would swallow them.
window.addEventListener('keydown', (event) => {
  // With the bag open the keyboard may be anywhere: what was pressed last may be gone from the page.
  if (goods.is_open && !chat.has_keyboard() && (document.activeElement !== canvas || event.key === 'Escape') && goods.closing_key(event)) return;
  if (event.key === 'F3') {
    event.preventDefault();
    overlay.toggle();
  }
  if (event.key === 'Tab' && document.activeElement === canvas && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();  // the keyboard stays with the game
    people.open();
  }
  if (document.activeElement === canvas && !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat && !watched_name && (duel.key(event.code) || together.key(event.code) || goods.key(event.code))) event.preventDefault();
  if (event.key === 'Escape' && document.activeElement === canvas) {
    event.preventDefault();  // it would close at once what it opens
    settings.open();
  }
  if (/^F\d+$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey || event.key === 'Tab' || event.key === 'Escape') event.stopPropagation();
}, true);
window.addEventListener('keyup', (event) => { if (event.key === 'Tab') people.close(); }, true);
canvas.addEventListener('pointerdown', () => canvas.focus());
canvas.addEventListener('blur', () => {  // the keys' releases would go elsewhere
  game?.release_all();
  people.close();
});
window.addEventListener('contextmenu', (event) => { if (event.target === canvas) event.preventDefault(); });
canvas.addEventListener('webglcontextlost', () => stop_with(text('stop.picture'), text('stop.picture_words'), false));
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) return;
  game?.release_all();
  game?.pulse();  // display frames end here, and the server is to hear at once that nothing is held
});

// An abort inside the program. Every later call into it would fail as well, so nothing calls it any more.
window.addEventListener('error', ({ error }) => {
  if (!(error instanceof WebAssembly.RuntimeError)) return;
  for (const interval of intervals.splice(0)) clearInterval(interval);
  game = null;
  stop_with(text('stop.broke'), text('stop.broke_words'), false);
});

// A page that goes away says no goodbye: it may be a reload, and the character waits a minute for whoever holds its token.
// One that comes back out of the browser's memory starts anew.
window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });

// Installable, and here again at once the next time; see sw.js. Not before everything is loaded: it is for the next time.
function offer_installation() {
  if (is_embedded || !('serviceWorker' in navigator)) return;
  navigator.serviceWorker.register('sw.js').catch((error) => console.warn(`no service worker: ${error.message}`));
}

const tell_words = () => game?.set_words(text_lines());

async function load() {
  if (typeof WebAssembly !== 'object') throw new LoadError(text('stop.no_wasm'));
  const parts = await load_game((done, total) => title.progress(done, total));
  game = await Game.start(parts, canvas);
  settings.follow((values) => game?.set_settings(values));
  on_language(tell_words);
  tell_words();
  title.loaded();
  offer_installation();
  intervals.push(setInterval(refresh, hud_interval_ms), setInterval(() => { if (document.hidden) game.pulse(); }, hidden_pulse_ms));
  if (watched_name) look_on();
  else if (wanted) enter();
}

title.show();
if (!watched_name) title.join_if_asked();
load().catch((error) => {
  console.error(error);
  const known = error instanceof LoadError || error instanceof GameError;
  stop_with(text('stop.not_loaded'), known ? error.message : text('stop.load_broke', { reason: error.message || error }), false);
});
