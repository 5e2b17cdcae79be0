// Turns what bench/load.sh gathered into a table for people and, if asked, a JSON file.
//   node load_report.mjs DIRECTORY JSON_FILE_OR_EMPTY MEASURED
import { readFileSync, writeFileSync } from 'node:fs';

const [directory, jsonFile, measuredText] = process.argv.slice(2);
const measured = JSON.parse(measuredText);
const bots = JSON.parse(readFileSync(`${directory}/bots.json`, 'utf8'));
const read = (name) => readFileSync(`${directory}/${name}`, 'utf8');

function metrics(text) {
  const values = new Map();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const blank = line.lastIndexOf(' ');
    values.set(line.slice(0, blank), Number(line.slice(blank + 1)));
  }
  return values;
}
const before = metrics(read('metrics.before'));
const after = metrics(read('metrics.after'));
const gained = (name) => (after.get(name) ?? 0) - (before.get(name) ?? 0);
const onRoad = (figure) => gained(`cudgel_transport_${figure}_total{transport="${measured.transport}"}`);

// Quantile of a Prometheus histogram between the two readings, linear within a bucket, in ms; in words where only the last bucket holds it.
function quantile(name, share) {
  const buckets = [];
  for (const key of after.keys()) {
    const found = key.match(new RegExp(`^${name}_bucket\\{.*le="([^"]+)"\\}$`));
    if (found) buckets.push({ bound: found[1] === '+Inf' ? Infinity : Number(found[1]) * 1000, below: gained(key) });
  }
  const wanted = share * buckets[buckets.length - 1].below;
  let low = { bound: 0, below: 0 };
  for (const bucket of buckets) {
    if (bucket.below >= wanted && bucket.below > low.below) {
      if (bucket.bound === Infinity) return `over ${low.bound}`;
      return low.bound + ((bucket.bound - low.bound) * (wanted - low.below)) / (bucket.below - low.below);
    }
    low = bucket;
  }
  return low.bound;
}

// By the thread's name, because several may share one.
function threads() {
  const sum = new Map();
  for (const [file, sign] of [['threads.before', -1], ['threads.after', 1]]) {
    for (const line of read(file).trim().split('\n')) {
      const [name, ticks] = line.split(' ');
      sum.set(name, (sum.get(name) ?? 0) + sign * Number(ticks));
    }
  }
  return sum;
}

const seconds = measured.elapsed_ns / 1e9;
const clientSeconds = measured.players * seconds;
const perClientSecond = (ticks) => ((ticks * 1000) / measured.ticks_per_second / clientSeconds);
// What plain epoll costs for the same bytes, measured right after; null when it was left out.
const floor = measured.floor_ns > 0 ? (measured.floor_ticks * 1000) / measured.ticks_per_second / (measured.players * (measured.floor_ns / 1e9)) : null;
const rounded = (value, digits = 3) => (typeof value === 'string' ? value : Number(value.toFixed(digits)));
const result = {
  players: measured.players,
  monsters: measured.monsters,
  arena: measured.arena,
  behaviour: measured.behaviour,
  transport: measured.transport,
  seconds: rounded(seconds),
  players_connected: bots.players_connected,
  disconnects: bots.disconnects,
  entities_visible_mean: bots.entities_visible_mean,
  server_cpu_ms_per_client_second: rounded(perClientSecond(measured.cpu_ticks), 4),
  server_cpu_percent: rounded((measured.cpu_ticks / measured.ticks_per_second / seconds) * 100, 1),
  floor_cpu_ms_per_client_second: floor === null ? null : rounded(floor, 4),
  ratio_to_floor: floor === null ? null : rounded(perClientSecond(measured.cpu_ticks) / floor, 2),
  server_threads_cpu_ms_per_client_second: Object.fromEntries(
    [...threads()].map(([name, ticks]) => [name.replace(/[()]/g, ''), rounded(perClientSecond(ticks), 4)])),
  bytes_per_client_second: rounded(gained('cudgel_bytes_sent_total') / clientSeconds, 1),
  bytes_received_per_client_second: rounded(gained('cudgel_bytes_received_total') / clientSeconds, 1),
  // The two readings are not of one instant: a tick more or less.
  frames_due: gained('cudgel_ticks_total') * measured.players,
  frames_sent: gained('cudgel_frames_sent_total'),
  frames_per_client_second: rounded(gained('cudgel_frames_sent_total') / clientSeconds, 2),
  wire_bytes_per_client_second: rounded((onRoad('wire_bytes_sent') + onRoad('wire_bytes_received')) / clientSeconds, 1),
  requests_per_client_second: rounded(onRoad('requests') / clientSeconds, 2),
  overhead_bytes_per_update: rounded(
    (onRoad('wire_bytes_sent') + onRoad('wire_bytes_received') - gained('cudgel_bytes_sent_total') - gained('cudgel_bytes_received_total')) / gained('cudgel_frames_sent_total'), 1),
  frames_skipped: gained('cudgel_frames_skipped_total'),
  ticks_skipped: gained('cudgel_skipped_ticks_total'),
  frames_received_per_client_second: rounded(bots.frames_received / bots.players_connected / bots.seconds),
  acts_late: gained('cudgel_acts_late_total'),
  tick_interval_ms: { p50: rounded(quantile('cudgel_tick_interval_seconds', 0.5), 2), p99: rounded(quantile('cudgel_tick_interval_seconds', 0.99), 2),
    // A histogram knows the longest only by its bucket: this is the bucket's upper bound, or "over" the last one's.
    max_at_most: rounded(quantile('cudgel_tick_interval_seconds', 1), 2) },
  tick_work_ms: { p50: rounded(quantile('cudgel_tick_duration_seconds', 0.5), 3), p99: rounded(quantile('cudgel_tick_duration_seconds', 0.99), 3) },
  frame_interval_ms: bots.frame_interval_ms,
  latency_ms: bots.latency_ms,
  memory_kb_per_client: rounded((measured.rss_after_kb - measured.rss_before_kb) / measured.players, 1),
  server_rss_mb: rounded(measured.rss_after_kb / 1024, 1),
  bots_cpu_ms_per_client_second: bots.cpu_ms_per_client_second,
};

const longest = result.tick_interval_ms.max_at_most;
const rows = [
  ['players, monsters, arena side', `${result.players}, ${result.monsters}, ${result.arena} tiles`],
  ['others in view, mean', result.entities_visible_mean],
  ['server CPU per client and second', `${result.server_cpu_ms_per_client_second} ms (${result.server_cpu_percent} % of one core)`],
  ...Object.entries(result.server_threads_cpu_ms_per_client_second).map(([name, ms]) => [`  thread ${name}`, `${ms} ms`]),
  ...(floor === null ? [] : [['the floor: plain epoll, same bytes, no game', `${result.floor_cpu_ms_per_client_second} ms; we cost ${result.ratio_to_floor} times that`]]),
  ['bytes to each client per second', result.bytes_per_client_second],
  ['bytes from each client per second', result.bytes_received_per_client_second],
  ['on the wire with all headers, both ways', `${result.wire_bytes_per_client_second} bytes, ${result.requests_per_client_second} requests per client and second`],
  ['overhead of an update', `${result.overhead_bytes_per_update} bytes`],
  ['tick interval p50 / p99 / max (server)', `${result.tick_interval_ms.p50} / ${result.tick_interval_ms.p99} / ${typeof longest === 'string' ? longest : `at most ${longest}`} ms`],
  ['frames due / sent / given up', `${result.frames_due} / ${result.frames_sent} / ${result.frames_skipped}`],
  ['frames to each client per second (players)', result.frames_received_per_client_second],
  ['frame interval p50 / p99 / max (players)',
    `${result.frame_interval_ms.p50} / ${result.frame_interval_ms.p99} / ${result.frame_interval_ms.max} ms`],
  ['work of a tick p50 / p99', `${result.tick_work_ms.p50} / ${result.tick_work_ms.p99} ms`],
  ['act to frame p50 / p99', `${result.latency_ms.p50} / ${result.latency_ms.p99} ms`],
  ['memory per client', `${result.memory_kb_per_client} kB (server ${result.server_rss_mb} MB)`],
  ['bots CPU per client and second', `${result.bots_cpu_ms_per_client_second} ms`],
  ['disconnects', result.disconnects],
];
const width = Math.max(...rows.map(([name]) => name.length));
for (const [name, value] of rows) console.log(`${name.padEnd(width)}  ${value}`);
if (jsonFile) writeFileSync(jsonFile, `${JSON.stringify(result, null, 2)}\n`);
