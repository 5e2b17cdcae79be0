// Runs cases one after the other and counts. A case is { name, run({ browser, record }) }.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { output_dir } from './paths.mjs';

const case_timeout_ms = 300000;

export function check(holds, words) {
  if (!holds) throw new Error(words);
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
