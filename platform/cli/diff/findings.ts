import type { Finding } from '../../../policies/evaluate.ts';
import type { Known } from '../../../policies/read.ts';
import type { Rendered } from '../../../policies/rendered.ts';
import type { Rule } from '../../../policies/rule.ts';
import { parseYaml, type Parsed } from '../../../policies/yaml.ts';
import { shownText } from './mask.ts';
import type { NewFinding } from './fact.ts';
import { same, type TreeFile } from './tree.ts';

/** Everything of one environment on one side: path from the root → content. */
export type Files = ReadonlyMap<string, TreeFile>;
export interface Judged { readonly findings: readonly NewFinding[]; readonly unjudged?: string }

/** Rules that judge one object by itself: what did not change, they need not read again. */
const ALONE = ['kubernetes-schema', 'custom-schema'];

/** What the policies say against the new side and did not say against the old one. */
export async function judge(before: Files, after: Files, workloads: { readonly before: readonly string[]; readonly after: readonly string[] }): Promise<Judged> {
  const rules = await rulesFor(after);
  if (typeof rules === 'string') return { findings: [], unjudged: rules };
  const { readTexts } = await import('../../../policies/read.ts');
  const { evaluate } = await import('../../../policies/evaluate.ts');
  const differs = (file: string) => !same(before.get(file), after.get(file));
  const parse = parsingOnce();
  const found = (files: Files, known: Known) => {
    const { rendered } = readTexts(files, known, parse);
    const differing = rendered.map((one): Rendered => ({ ...one, manifests: one.manifests.filter(({ file }) => differs(file)) }));
    const [alone, together] = [rules.filter(({ id }) => ALONE.includes(id)), rules.filter(({ id }) => !ALONE.includes(id))];
    return [...evaluate(rendered, together).findings, ...evaluate(differing, alone).findings];
  };
  return { findings: newOnes(found(before, { workloads: workloads.before }), found(after, { workloads: workloads.after })).map(shown) };
}

/** Most files are equal on both sides. */
function parsingOnce(): typeof parseYaml {
  const known = new Map<string, Parsed>();
  return (text) => {
    const parsed = known.get(text) ?? parseYaml(text);
    known.set(text, parsed);
    return parsed;
  };
}

/** Kubernetes and its custom resources need packages that only a full install has; a laptop's files need none. */
async function rulesFor(files: Files): Promise<readonly Rule[] | string> {
  try {
    if (![...files.keys()].some((path) => /\.ya?ml$|\.tf\.json$/.test(path))) return (await import('../../../policies/releases/rules.ts')).releaseRules;
    return (await import('../../../policies/rules.ts')).rules;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return 'The policies were not asked: their packages are not installed. `./journey check` installs them.';
    throw error;
  }
}

/** Places in lists shift when an entry is added: the same complaint at another place is not a new one. */
function newOnes(before: readonly Finding[], after: readonly Finding[]): Finding[] {
  const key = ({ rule, file, object, path, what }: Finding) => [rule, file, object, path.replace(/\[\d+\]/g, '[]'), what].join('\n');
  const known = new Map<string, number>();
  for (const one of before) known.set(key(one), (known.get(key(one)) ?? 0) + 1);
  return after.filter((one) => {
    const left = known.get(key(one)) ?? 0;
    known.set(key(one), left - 1);
    return left <= 0;
  });
}

function shown({ rule, level, file, object, path, what, fix, declaredAt }: Finding): NewFinding {
  return {
    rule, level, file: shownText(file), object: shownText(object), path: shownText(path), what: shownText(what), fix,
    ...(declaredAt === undefined ? {} : { declaredAt: shownText(declaredAt) }),
  };
}

