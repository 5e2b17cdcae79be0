// Turns what bench/transports.sh gathered into a Markdown table and, if asked, a JSON file.
//   node transports_report.mjs DIRECTORY JSON_FILE_OR_EMPTY
import { readFileSync, writeFileSync } from 'node:fs';

const [directory, jsonFile] = process.argv.slice(2);
const roads = ['ws', 'sse', 'longpoll', 'poll'].map((transport) => JSON.parse(readFileSync(`${directory}/${transport}.json`, 'utf8')));
const cpu = (road) => road.server_cpu_ms_per_client_second;

const columns = [
  ['road', (road) => `\`${road.transport}\``],
  ['updates/s', (road) => road.frames_per_client_second.toFixed(1)],
  ['frame interval p50 / p99', (road) => `${road.frame_interval_ms.p50} / ${road.frame_interval_ms.p99} ms`],
  ['act to frame p50 / p99', (road) => `${road.latency_ms.p50} / ${road.latency_ms.p99} ms`],
  ['requests/s', (road) => road.requests_per_client_second.toFixed(1)],
  ['wire, both ways', (road) => `${(road.wire_bytes_per_client_second / 1000).toFixed(2)} kB/s`],
  ['overhead per update', (road) => `${road.overhead_bytes_per_update.toFixed(0)} bytes`],
  ['server CPU per client and second', (road) => `${cpu(road)} ms (${(cpu(road) / cpu(roads[0])).toFixed(1)} x ws)`],
];
console.log(`| ${columns.map(([name]) => name).join(' | ')} |`);
console.log(`|${columns.map(() => '---|').join('')}`);
for (const road of roads) console.log(`| ${columns.map(([, value]) => value(road)).join(' | ')} |`);
if (jsonFile) writeFileSync(jsonFile, `${JSON.stringify(roads, null, 2)}\n`);
