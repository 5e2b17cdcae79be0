// End to end: the real server, the real page, a real browser (headless Chromium).
//
//   node run.mjs [PART-OF-A-NAME...]      only the cases whose names contain one of these
//
// Pictures and report.json (what was measured) stand in build/e2e. CUDGEL_SERVER, CUDGEL_WEB, CUDGEL_CHROMIUM and CUDGEL_E2E_OUTPUT say where things
// are when they are not where scripts/build leaves them.

import { launch } from './lib/browser.mjs';
import { run_cases } from './lib/harness.mjs';
import { beasts_cases } from './cases/beasts.mjs';
import { chart_cases } from './cases/chart.mjs';
import { chat_cases } from './cases/chat.mjs';
import { characters_cases } from './cases/characters.mjs';
import { contest_cases } from './cases/contest.mjs';
import { connection_cases } from './cases/connection.mjs';
import { entering_cases } from './cases/entering.mjs';
import { fighting_cases } from './cases/fighting.mjs';
import { goods_cases } from './cases/goods.mjs';
import { wearing_cases } from './cases/wearing.mjs';
import { installing_cases } from './cases/installing.mjs';
import { levels_cases } from './cases/levels.mjs';
import { looks_cases } from './cases/looks.mjs';
import { moving_cases } from './cases/moving.mjs';
import { overlay_cases } from './cases/overlay.mjs';
import { pads_cases } from './cases/pads.mjs';
import { people_cases } from './cases/people.mjs';
import { phones_cases } from './cases/phones.mjs';
import { roads_cases } from './cases/roads.mjs';
import { settings_cases } from './cases/settings.mjs';
import { side_by_side_cases } from './cases/side_by_side.mjs';
import { dogs_cases } from './cases/dogs.mjs';
import { skills_cases } from './cases/skills.mjs';
import { smooth_cases } from './cases/smooth.mjs';
import { sound_cases } from './cases/sound.mjs';
import { zones_cases } from './cases/zones.mjs';
import { together_cases } from './cases/together.mjs';

const all = [...entering_cases, ...fighting_cases, ...beasts_cases, ...levels_cases, ...skills_cases, ...dogs_cases, ...moving_cases, ...connection_cases, ...characters_cases, ...roads_cases, ...side_by_side_cases, ...people_cases, ...goods_cases, ...wearing_cases, ...together_cases, ...pads_cases, ...phones_cases, ...contest_cases, ...chat_cases, ...chart_cases, ...overlay_cases, ...looks_cases, ...smooth_cases, ...sound_cases, ...settings_cases, ...installing_cases, ...zones_cases];
const wanted = process.argv.slice(2);
const cases = wanted.length === 0 ? all : all.filter(({ name }) => wanted.some((part) => name.includes(part)));

const browser = await launch();
const { passed, failures, measures } = await run_cases(cases, browser);
await browser.close();
for (const [name, value] of Object.entries(measures)) console.log(`measured ${name}: ${JSON.stringify(value)}`);
for (const { name, error } of failures) console.log(`FAILED  ${name}: ${error.slice(0, 300)}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 && passed > 0 ? 0 : 1);
