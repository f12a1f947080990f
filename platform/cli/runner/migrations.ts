import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalProcess } from '../../targets/local/plan.ts';
import type { Folder } from './folder.ts';
import { jsonFile, type JsonFile } from './json-file.ts';
import type { Installation } from './values.ts';

/** Which step of its migrations each workload's database is at; lies beside the data, and is forgotten with it. */
export const migratedFile = (folder: Folder): JsonFile<Record<string, string>> =>
  jsonFile<Record<string, string>>(join(folder.data, 'migrated.json'), { type: 'object', additionalProperties: { type: 'string' } }, { fix: 'Nothing to do: the next `./journey up` removes it and runs the migrations again, which changes nothing that is there.' });

/** Changes when a migration is added, or when the workload uses another database. */
export function migrationStamp(folder: Folder, process: LocalProcess, own: Installation, root = folder.root): string {
  const sum = createHash('sha256');
  for (const value of Object.values(process.env)) if (value.from === 'backing') sum.update(`${own.urls[value.backing] ?? ''}\0`);
  const migrations = join(root, process.folder, 'migrations');
  const files = existsSync(migrations) ? readdirSync(migrations).filter((name) => !name.includes('.test.')).toSorted() : [];
  for (const name of files) sum.update(`${name}\0`).update(readFileSync(join(migrations, name)));
  return sum.digest('hex').slice(0, 32);
}
