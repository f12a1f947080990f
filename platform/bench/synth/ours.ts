/** One side: the whole synth of a generated platform, as `./journey synth` does it. `node ours.ts <size> <folder>` */
import { join } from 'node:path';
import { synthesize } from '../../cli/synth.ts';
import { writeFolder } from '../../cli/output-folder.ts';
import { report } from '../child.ts';
import { generated } from './generated.ts';
import { countIn } from './object-count.ts';

const [size = '', folder = ''] = process.argv.slice(2);
const { platform, environments } = generated(Number(size));
let [files, objects] = [0, 0];
for (const environment of environments) {
  const written = await synthesize(platform, environment);
  writeFolder(join(folder, environment.name), new Map(written.map(({ path, text }) => [path, text])), join(folder, '.scratch'));
  files += written.length;
  for (const { path, text } of written) objects += countIn(path, text);
}
report(files, objects);
