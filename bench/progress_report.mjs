// Turns what bench/progress.sh gathered into the progress curve: a table on standard output, JSON on request.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [work, jsonFile, factorText] = process.argv.slice(2);
const report = JSON.parse(readFileSync(path.join(work, 'bots.json'), 'utf8'));
const diaries = report.diaries ?? [];
if (diaries.length === 0) throw new Error('bots.json: there are no diaries in it');

function metric(file, name) {
  const line = readFileSync(path.join(work, file), 'utf8').split('\n').find((each) => each.startsWith(`${name} `));
  if (!line) throw new Error(`${file}: there is no ${name}`);
  return Number(line.split(' ')[1]);
}
const gained = (name) => metric('metrics.after', name) - metric('metrics.before', name);

const sum = (numbers) => numbers.reduce((all, each) => all + each, 0);
/** Of those who have not got there the time is unknown and later than all others; `of` counts them, too. A median that falls on one of them is none. */
function spread(minutes, of) {
  const sorted = [...minutes].sort((a, b) => a - b);
  const upper = sorted[Math.floor(of / 2)];
  const median = upper === undefined ? null : (sorted[Math.floor((of - 1) / 2)] + upper) / 2;
  return { reached: sorted.length, of, median, fastest: sorted[0] ?? null, slowest: sorted.length === of ? sorted.at(-1) : null };
}
function curveOf(group) {
  const highest = Math.max(...group.map((each) => each.level));
  const curve = {};
  for (let level = 2; level <= highest; ++level) {
    curve[level] = spread(group.map((each) => each.minutes_to_level[level]).filter((each) => each !== undefined), group.length);
  }
  return curve;
}
function tally(maps) {
  const all = {};
  for (const map of maps) for (const [key, count] of Object.entries(map)) all[key] = (all[key] ?? 0) + count;
  return Object.fromEntries(Object.entries(all).sort((a, b) => b[1] - a[1]));
}
function summary(group) {
  const hours = sum(group.map((each) => each.minutes)) / 60;
  const of = tally(group.map((each) => each.minutes_of));
  return {
    players: group.length,
    curve: curveOf(group),
    deaths_per_hour: sum(group.map((each) => each.deaths)) / hours,
    kills_per_hour: sum(group.map((each) => each.kills)) / hours,
    potions_per_hour: sum(group.map((each) => each.potions)) / hours,
    trades_per_hour: sum(group.map((each) => each.visits)) / hours,
    gold_at_last: sum(group.map((each) => each.gold)) / group.length,
    slain: tally(group.map((each) => each.slain)),
    killed_by: tally(group.map((each) => each.killed_by)),
    percent_of_time: Object.fromEntries(Object.entries(of).map(([doing, minutes]) => [doing, (minutes / hours / 60) * 100])),
  };
}

const classes = [...new Set(diaries.map((each) => each.class))].sort();
const groups = { all: summary(diaries) };
for (const name of classes) groups[name] = summary(diaries.filter((each) => each.class === name));
const ticks = gained('cudgel_tick_duration_seconds_count');
const result = {
  factor: Number(factorText),
  minutes: Math.max(...diaries.map((each) => each.minutes)),
  ticks,
  late_ticks: gained('cudgel_late_ticks_total'),
  skipped_ticks: gained('cudgel_skipped_ticks_total'),
  stayed_connected: report.stayed_connected,
  groups,
  diaries,
};

// So much of it is a machine that was too busy: late ticks lose nothing, but what is given up is missing.
const late = result.late_ticks > ticks / 100 || result.skipped_ticks > ticks / 1000;
const shown = (minutes) => (minutes === null ? '-' : minutes.toFixed(1));
const names = Object.keys(groups);
const lines = [];
lines.push(`${diaries.length} players, ${result.minutes.toFixed(0)} minutes; minute at which each level was reached: median (fastest to slowest); - : not by all, or not by half`);
lines.push('');
lines.push(`| level | ${names.join(' | ')} |`);
lines.push(`|---|${names.map(() => '---').join('|')}|`);
for (const level of Object.keys(groups.all.curve)) {
  const cells = names.map((name) => {
    const at = groups[name].curve[level];
    return at ? `${shown(at.median)} (${shown(at.fastest)} to ${shown(at.slowest)})` : '';
  });
  lines.push(`| ${level} | ${cells.join(' | ')} |`);
}
for (const [key, words] of [['deaths_per_hour', 'deaths an hour'], ['kills_per_hour', 'kills an hour'], ['potions_per_hour', 'potions an hour'],
  ['trades_per_hour', 'visits to the trader an hour'], ['gold_at_last', 'gold in the purse at last']]) {
  lines.push(`| ${words} | ${names.map((name) => groups[name][key].toFixed(1)).join(' | ')} |`);
}
const mix = (map, unit) => Object.entries(map).map(([key, count]) => `${key} ${Math.round(count)}${unit}`).join(', ');
lines.push(`| time | ${names.map((name) => mix(groups[name].percent_of_time, ' %')).join(' | ')} |`);
lines.push(`| slain | ${names.map((name) => mix(groups[name].slain, '')).join(' | ')} |`);
lines.push(`| killed by | ${names.map((name) => mix(groups[name].killed_by, '')).join(' | ')} |`);
lines.push('');
lines.push(`${ticks} ticks at ${result.factor} times the speed: ${result.late_ticks} began more than half a tick late, ${result.skipped_ticks} were given up`);
if (late) lines.push('more than one tick in a hundred was late, or one in a thousand given up: the machine was too busy, take a smaller --factor');
if (!report.stayed_connected) lines.push('not everybody stayed connected: the curve is not whole');
process.stdout.write(`${lines.join('\n')}\n`);
if (jsonFile) writeFileSync(jsonFile, `${JSON.stringify(result, null, 2)}\n`);
