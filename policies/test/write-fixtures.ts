/** `node policies/test/write-fixtures.ts`: writes policies/fixtures/ from the good environment and the table of mutations. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fixtures } from './fixtures.ts';

const folder = fileURLToPath(new URL('../fixtures/', import.meta.url));
rmSync(folder, { recursive: true, force: true });
for (const [path, text] of fixtures()) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
