import type { EnvironmentDiff, Fact } from './fact.ts';
import { code, sentence } from './markdown.ts';
import { tail } from './marks.ts';
import { and, counted, short } from './words.ts';

const MOST_LINES = 120;
const MOST_HOPS = 12;
const MOST_EFFECTS = 6;

/** One line of the summary: a fact, or what three objects or more have in common. */
interface Line { readonly workload: string | null; readonly text: string; readonly hops: readonly string[] }
interface Told extends Line { readonly environments: readonly string[] }
/** What many objects have in common stands under this name, which no workload can have. */
const MANY = '*';

/** The facts workload by workload, each told once for all environments in which it is the same. */
export function summaryOf(changed: readonly EnvironmentDiff[]): string[] {
  const all = changed.flatMap(({ environment, facts }) => linesOf(facts).map((line) => ({ environment, line })));
  const told = [...Map.groupBy(all, ({ line }) => JSON.stringify([line.workload, line.text])).values()].flatMap((ones): Told[] => {
    const [first] = ones;
    return first ? [{ ...first.line, hops: [...new Set(ones.flatMap(({ line }) => line.hops))].toSorted(), environments: ones.map(({ environment }) => environment) }] : [];
  });
  const sections = [...Map.groupBy(told, ({ environments }) => environments.join('\n')).values()].toSorted((a, b) => (b[0]?.environments.length ?? 0) - (a[0]?.environments.length ?? 0));
  return sections.flatMap((ones) => [...(changed.length > 1 ? [`### ${and((ones[0]?.environments ?? []).map(sentence))}`] : []), ...blocksOf(ones)]);
}

function blocksOf(lines: readonly Told[]): string[] {
  const order = (workload: string | null) => (workload === null ? '' : workload === MANY ? ' ' : workload);
  const groups = [...Map.groupBy(lines, ({ workload }) => workload)].toSorted(([a], [b]) => (order(a) < order(b) ? -1 : 1));
  return groups.map(([workload, ones]) => {
    const title = workload === null ? 'environment' : workload === MANY ? 'many objects' : sentence(workload);
    const more = ones.length > MOST_LINES ? [`- … ${counted(ones.length - MOST_LINES, 'more change')}: \`./journey diff --json\` has all.`] : [];
    return `**${title}**${hopLine([...new Set(ones.flatMap(({ hops }) => hops))])}\n\n${[...ones.slice(0, MOST_LINES).map(({ text }) => text), ...more].join('\n')}`;
  });
}

/** What a workload does itself first, then the calls to it and from it. */
function hopLine(hops: readonly string[]): string {
  if (hops.length === 0) return '';
  const sorted = hops.toSorted((a, b) => Number(a.includes('.')) - Number(b.includes('.')) || (a < b ? -1 : 1));
  return ` · hops: ${sorted.slice(0, MOST_HOPS).map(code).join(', ')}${sorted.length > MOST_HOPS ? ` and ${sorted.length - MOST_HOPS} more` : ''}`;
}

function linesOf(facts: readonly Fact[]): Line[] {
  const groups = [...Map.groupBy(facts, repetition)].flatMap(([key, ones]) => (key !== undefined && ones.length >= 3 ? [ones] : []));
  const repeated = new Set(groups.flat());
  return [
    ...groups.map((ones): Line => ({ workload: MANY, text: repeatedLine(ones), hops: [] })),
    ...facts.filter((fact) => !repeated.has(fact)).map((fact): Line => ({ workload: fact.workload ?? null, text: factLine(fact), hops: fact.hops })),
  ];
}

function factLine(fact: Fact): string {
  const opened = fact.effects.filter((effect) => isTelling(fact, effect));
  const shown = opened.slice(0, MOST_EFFECTS).map((effect) => `  - ${sentence(effect)}`);
  const more = opened.length > MOST_EFFECTS ? [`  - and ${opened.length - MOST_EFFECTS} more objects`] : [];
  return [`- ${saidOf(fact)}${tail(fact)}`, ...shown, ...more].join('\n');
}

/** What opens or closes a way, and what is kept or lost, is told at once; the rest is folded. */
const isTelling = ({ kind }: Fact, effect: string): boolean => kind !== 'policy' && kind !== 'object'
  && /^(?:NetworkPolicy|Role|RoleBinding|Ingress|StatefulSet|aws_(?:db_instance|elasticache_replication_group|s3_bucket|iam_\w+|kms_key)) \S+ (?:added|removed)$/.test(effect);

/** The sentence, with its values in code. */
function saidOf({ said, from, to }: Fact): string {
  const [old, now] = [from, to].map((value) => (value === undefined ? 'none' : short(value)));
  const at = said.lastIndexOf(`${old} → ${now}`);
  if (at !== -1) {
    const [before, after] = [said.slice(0, at), said.slice(at + `${old} → ${now}`.length)];
    return `${sentence(before)}${from === undefined ? 'none' : code(old ?? '')} → ${to === undefined ? 'none' : code(now ?? '')}${after.startsWith(':') ? `:${sentence(after.slice(1))}` : sentence(after)}`;
  }
  const value = to === undefined ? old : now;
  return value !== undefined && said.endsWith(`: ${value}`) ? `${sentence(said.slice(0, said.length - value.length))}${code(value)}` : sentence(said);
}

/** What is equal in facts that say the same of several objects; undefined for facts that are told one by one. */
function repetition({ kind, object, field, from, to, said, workload }: Fact): string | undefined {
  if (!['object', 'policy', 'alert', 'probe', 'terraform'].includes(kind)) return undefined;
  const type = object.slice(0, object.indexOf('/'));
  if (field !== undefined) return JSON.stringify([type, field.replaceAll(/\[[^\]]*\]/g, '[]'), from, to]);
  return workload === undefined ? undefined : JSON.stringify([type, templateOf(said, workload)]);
}

/** `Job auth-smoke added` → `Job <workload>-smoke added`. */
const templateOf = (said: string, workload: string): string => said.split(/\b/).map((word) => (word === workload ? '<workload>' : word)).join('');

function repeatedLine(ones: readonly Fact[]): string {
  const [first] = ones;
  if (!first) return '';
  const marks = tail({ risks: first.risks });
  if (first.field === undefined && first.workload !== undefined) return `- ${sentence(templateOf(first.said, first.workload))}: ${listed(ones.map(({ workload }) => workload ?? ''))}${marks}`;
  const [old, now] = [first.from, first.to].map((value) => (value === undefined ? 'none' : code(short(value))));
  return `- ${sentence(first.object.slice(0, first.object.indexOf('/')))} ${code(first.field ?? '')} ${old} → ${now}: ${listed(ones.map(({ object }) => object.slice(object.indexOf('/') + 1)))}${marks}`;
}

const listed = (names: readonly string[]): string => sentence(names.length > 10 ? `${names.slice(0, 10).join(', ')} and ${names.length - 10} more` : and(names));
