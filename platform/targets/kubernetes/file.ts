import type { Declared, OutputFile } from '../../model/index.ts';
import { generatedYaml } from '../yaml.ts';
import { chartOf } from './cdk8s.ts';
import type { Described } from './object.ts';

/** The objects of one file. */
export interface Drawer { readonly file: string; readonly objects: readonly Described[] }

/** The files of one folder; none for a drawer without objects. */
export function folderOf(folder: string, drawers: readonly Drawer[], workload: string | undefined): OutputFile[] {
  const chart = chartOf(folder);
  return drawers.filter(({ objects }) => objects.length > 0).map(({ file, objects }) => ({
    path: `kubernetes/${folder}/${file}.yaml`,
    text: generatedYaml(...objects.map((object) => object.render(chart))),
    declares: objects.flatMap((object) => declaredIn(object, workload)),
  }));
}

/** Once for each reference behind the object, or once without one. */
function declaredIn({ kind, name, declaredBy }: Described, workload: string | undefined): Declared[] {
  const declared: Declared = { object: `${kind}/${name}`, ...(workload === undefined ? {} : { workload }) };
  return declaredBy.length === 0 ? [declared] : declaredBy.map((reference) => ({ ...declared, declaredBy: reference }));
}
