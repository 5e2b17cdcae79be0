// node tests/layers/check.mjs [ROOT]     prints every line of the tree that breaks tests/layers/rules.json; fails if there is one

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from './layers.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(process.argv[2] ?? path.join(here, '../..'));
const rules = JSON.parse(readFileSync(path.join(here, 'rules.json'), 'utf8'));
const { files, faults } = check(root, rules);
for (const { file, line, why } of faults) console.log(`${file}:${line}: ${why}`);
console.log(`${files} files, ${faults.length} faults`);
process.exit(files > 0 && faults.length === 0 ? 0 : 1);
