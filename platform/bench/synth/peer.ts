/**
 * The other side: reads the same objects and writes them, YAML by yaml.stringify and JSON by JSON.stringify, each in
 * the form of its file. (Writing our JSON files by yaml.stringify, too, would only make it slower.)
 * `node peer.ts <file> <folder>`
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { report } from '../child.ts';
import { readStored } from './stored.ts';

const [file = '', folder = ''] = process.argv.slice(2);
const stored = readStored(file);
const made = new Set<string>();
let count = 0;
for (const { path, objects } of stored) {
  const target = join(folder, path);
  if (!made.has(dirname(target))) mkdirSync(dirname(target), { recursive: true });
  made.add(dirname(target));
  writeFileSync(target, path.endsWith('.yaml') ? objects.map((one) => stringify(one)).join('---\n') : `${JSON.stringify(objects[0], null, 2)}\n`);
  count += objects.length;
}
report(stored.length, count);
