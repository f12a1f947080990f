/**
 * Not measured: turns what our side wrote back into objects, which the other side starts from.
 * As JSON, since nothing reads faster in Node: the less its reading costs, the stricter the comparison with us.
 * `node prepare.ts <folder> <file>`
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn } from '../../cli/output-folder.ts';
import { report } from '../child.ts';
import { objectsIn } from './objects.ts';
import type { Stored } from './stored.ts';

const [folder = '', file = ''] = process.argv.slice(2);
const stored = filesIn(folder).map((path): Stored => ({ path, objects: objectsIn(path, readFileSync(join(folder, path), 'utf8')) }));
writeFileSync(file, JSON.stringify(stored));
report(stored.length, stored.reduce((sum, { objects }) => sum + objects.length, 0));
