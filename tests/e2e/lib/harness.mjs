// Runs cases one after the other and counts. A case is { name, run({ browser, record }) }.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { output_dir } from './paths.mjs';

const case_timeout_ms = 300000;

export function check(holds, words) {
  if (!holds) throw new Error(words);
}

const soon_ms = 5000;
const again_after_ms = 50;

// Until it holds: for what the page shows with one of its next frames or the server tells a moment later. `words` may be a function.
export async function soon(holds, words) {
  for (const until_ms = Date.now() + soon_ms; !await holds();) {
    check(Date.now() < until_ms, typeof words === 'function' ? await words() : words);
    await new Promise((resolve) => setTimeout(resolve, again_after_ms));
  }
}

function within(promise, timeout_ms) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`took longer than ${timeout_ms / 1000} s`)), timeout_ms); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

// `measures` is what the cases recorded, by name; it becomes build/e2e/report.json.
export async function run_cases(cases, browser) {
  const measures = {};
  const results = [];
  for (const { name, run } of cases) {
    const started_ms = Date.now();
    const result = { name, passed: true };
    try {
      await within(run({ browser, record: (key, value) => { measures[key] = value; } }), case_timeout_ms);
    } catch (error) {
      result.passed = false;
      result.error = error.message;
      console.log(`FAILED  ${name}\n        ${error.stack}`);
    }
    result.seconds = (Date.now() - started_ms) / 1000;
    if (result.passed) console.log(`passed  ${name} (${result.seconds.toFixed(1)} s)`);
    results.push(result);
  }
  writeFileSync(join(output_dir, 'report.json'), `${JSON.stringify({ measures, results }, null, 2)}\n`);
  const failures = results.filter((result) => !result.passed);
  return { passed: results.length - failures.length, failures, measures };
}
