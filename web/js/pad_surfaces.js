// What a gamepad can point at, what lies on top first (pad_pointer.js).

const by_id = (id) => document.getElementById(id);
const questions = '#asked button, #duel button';

export const pad_surfaces = ({ chat, goods, together, chart, people, settings }) => [
  { name: 'stop', is_open: () => by_id('stop').open, find: '#stop button', first: ['#stop-reload'], panel: true },
  { name: 'settings', is_open: () => settings.is_open(), find: '#settings select, #settings input:not([type=text]), #settings-reset, #settings-close', panel: true, close: () => by_id('settings').close() },
  { name: 'title', is_open: () => document.body.classList.contains('at-title'), find: '#title .card, #go, #settings-button', first: ['#title input:checked ~ .card'], panel: true },
  { name: 'chat', is_open: () => chat.is_open(), find: '#chat-none', close: () => chat.close() },
  { name: 'tip', is_open: () => !by_id('goods-tip').hidden && by_id('goods-tip').classList.contains('stays'), find: '#goods-tip button', close: () => goods.close_menu() },
  { name: 'menu', is_open: () => !by_id('person-menu').hidden, find: '#person-menu button', close: () => together.close_menu() },
  { name: 'goods', is_open: () => goods.is_open, find: `#goods button, #goods input, ${questions}`, first: ['#bag-cells .cell[data-rarity]'], panel: true, close: () => goods.close() },
  { name: 'people', is_open: () => people.is_open(), find: `#people-list .who-button, #ladder-list li, ${questions}`, first: ['#people-list .who-button'], panel: true, close: () => people.close() },
  { name: 'chart', is_open: () => chart.is_open(), find: '#chart', panel: true, close: () => chart.close() },
  { name: 'hud', is_open: () => true, find: '#hud button:not(#attack, #skills button, #orders button, #chat button), #settings-button', first: ['#asked button', '#duel button', '#deal', '#target-acts button', '#bag-button'] },
];
