// Where things stand, from the place of this file.

import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

export const root_dir = fileURLToPath(new URL('../../..', import.meta.url));
export const build_dir = join(root_dir, 'build');
export const output_dir = process.env.CUDGEL_E2E_OUTPUT ?? join(build_dir, 'e2e');
mkdirSync(output_dir, { recursive: true });
