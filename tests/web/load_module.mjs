// A module of the page, whatever node makes of a .js file without a package.json beside it: 18 takes it for CommonJS. It must import nothing.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const load_module = (file) => import(`data:text/javascript,${encodeURIComponent(readFileSync(join(root, 'web/js', file), 'utf8'))}`);
