import type { EnvironmentDiff, NewFinding, Patch } from './fact.ts';
import { code, fenced, folded, htmlCode, sentence } from './markdown.ts';
import { risksIn } from './facts.ts';
import { marksOf } from './marks.ts';
import { summaryOf } from './summary.ts';
import { and, counted } from './words.ts';

/** Whole everywhere: a forge takes 65,536 characters in a comment, and the service's pull request has more to say (services/deployment/domain/pull-text.ts). */
export const MOST_BYTES = 48_000;
/** Kept for the last line. */
const RESERVE = 300;
const MOST_NAMES = 8;
const PIECE = 12_000;

/**
 * The diff as Markdown, the same bytes wherever it is shown: what matters first, details folded, nothing that depends on the
 * machine or the day. What does not fit is counted.
 */
export function textOf(environments: readonly EnvironmentDiff[]): string {
  const changed = environments.filter(({ facts }) => facts.length > 0);
  const moved = environments.reduce((sum, one) => sum + one.moved, 0);
  if (changed.length === 0) return moved === 0 ? 'Nothing changes.\n' : `Nothing changes: ${counted(moved, 'line')} of the model only ${moved === 1 ? 'stands' : 'stand'} elsewhere.\n`;
  const blocks = [headline(changed), ...summaryOf(changed), ...findings(changed), ...changed.flatMap(details)];
  return fitting(blocks);
}

/** `## 3 changes in production and staging`, whom they are about when they are about several, and what may be lost. */
function headline(changed: readonly EnvironmentDiff[]): string {
  const facts = changed.flatMap((one) => one.facts);
  const count = new Set(facts.map(({ subject, from, to }) => JSON.stringify([subject, from, to]))).size;
  const names = [...new Set(facts.flatMap(({ workload }) => workload ?? []))].toSorted();
  const about = names.length < 2 || names.length > MOST_NAMES ? [] : [names.map((name) => `**${sentence(name)}**`).join(', ')];
  const line = [...about, ...risksIn(facts).map((risk) => marksOf([risk]))].join(' · ');
  return `## ${counted(count, 'change')} in ${and(changed.map(({ environment }) => sentence(environment)))}${line === '' ? '' : `\n\n${line}`}`;
}

function findings(changed: readonly EnvironmentDiff[]): string[] {
  const found = changed.flatMap((one) => one.findings.filter(({ level }) => level === 'finding'));
  const notices = changed.flatMap((one) => one.findings.filter(({ level }) => level === 'notice'));
  const unjudged = [...new Set(changed.flatMap((one) => one.unjudged ?? []))];
  const judged = changed.filter((one) => one.unjudged === undefined);
  return [
    ...(found.length > 0 ? [`### ✗ ${counted(found.length, 'policy objects', 'policies object')}\n\n${found.map(findingLine).join('\n')}`] : []),
    ...(found.length === 0 && judged.length > 0 ? [`**Policies:** nothing new is wrong${unjudged.length > 0 ? ` in ${and(judged.map(({ environment }) => sentence(environment)))}` : ''}.`] : []),
    ...(notices.length > 0 ? [folded(counted(notices.length, 'notice'), [...Map.groupBy(notices, ({ rule, what }) => JSON.stringify([rule, what])).values()].map(noticeLine).join('\n'))] : []),
    ...unjudged.map((why) => `**Policies:** ${why}`),
  ];
}

function findingLine({ rule, file, object, path, what, fix, declaredAt }: NewFinding): string {
  return `- ${code(rule)} ${code(object)}${path === '' ? '' : ` ${code(path)}`}: ${sentence(what)} · ${code(file)}${declaredAt === undefined ? '' : ` · ${code(declaredAt)}`}\n  - Fix: ${sentence(fix)}`;
}

/** What is told of many objects in the same words is told once. */
function noticeLine(same: readonly NewFinding[]): string {
  const [first] = same;
  const objects = [...new Set(same.map(({ object }) => object))];
  return first ? `- ${code(first.rule)} ${sentence(first.what)} (${same.length}): ${objects.slice(0, 5).map(code).join(', ')}${objects.length > 5 ? ` and ${objects.length - 5} more` : ''}` : '';
}

/** What follows, the YAML and the Terraform JSON of one environment, each to be opened. */
function details({ environment, facts, yaml, terraform }: EnvironmentDiff): string[] {
  const title = htmlCode(environment);
  const told = new Set<string>();
  const effects = facts.flatMap(({ workload, said, effects }) => {
    const fresh = effects.filter((effect) => !told.has(effect));
    for (const effect of fresh) told.add(effect);
    return fresh.length === 0 ? [] : [`${workload === undefined || said.includes(workload) ? '' : `${workload}: `}${said}\n${fresh.map((effect) => `  ${effect}`).join('\n')}`];
  });
  return [
    ...(effects.length > 0 ? [folded(`${title}: what follows, object by object`, fenced('', effects.join('\n')))] : []),
    ...(terraform.length > 0 ? [folded(`${title}: Terraform JSON, ${counted(terraform.length, 'block')}`, fenced('diff', terraform.map(blockText).join('\n')))] : []),
    ...yamlBlocks(title, yaml),
  ];
}

/** Folder by folder, in pieces that fit together with others. */
function yamlBlocks(title: string, yaml: readonly Patch[]): string[] {
  return [...Map.groupBy(yaml, ({ path }) => folderOf(path))].flatMap(([folder, patches]) => {
    const pieces: Patch[][] = [];
    let room = 0;
    for (const one of patches) {
      if (one.patch.length > room) pieces.push([]);
      room = (one.patch.length > room ? PIECE : room) - one.patch.length;
      pieces.at(-1)?.push(one);
    }
    return pieces.map((ones, index) => folded(
      `${title}: ${htmlCode(folder)}, ${counted(ones.length, 'file')}${index > 0 ? ', continued' : ''}`, fenced('diff', ones.map(({ path, patch }) => `--- ${path}\n${patch}`).join('')),
    ));
  });
}

/** `kubernetes/gateway` for all that is the gateway's. */
function folderOf(path: string): string {
  const [, , part = '', name = ''] = path.split('/');
  return ['kubernetes', 'observability'].includes(part) ? `kubernetes/${name.replace(/\.ya?ml$/, '')}` : path.startsWith('synth/argocd/') ? 'argocd' : part;
}

function blockText({ address, action, fields }: EnvironmentDiff['terraform'][number]): string {
  const lines = fields.flatMap(({ path, from, to }) => [...(from === undefined ? [] : [`-   ${path} = ${JSON.stringify(from)}`]), ...(to === undefined ? [] : [`+   ${path} = ${JSON.stringify(to)}`])]);
  return [`  ${address} ${action}`, ...lines].join('\n');
}

/** All blocks as far as they fit, and an honest line for those that do not. */
function fitting(blocks: readonly string[]): string {
  const shown: string[] = [];
  let length = 0;
  let left = 0;
  for (const block of blocks) {
    const size = Buffer.byteLength(block) + 2;
    if (length + size > MOST_BYTES - RESERVE) {
      left += 1;
      continue;
    }
    shown.push(block);
    length += size;
  }
  const rest = left === 0 ? [] : [`… ${counted(left, 'more part')} of this diff ${left === 1 ? 'is' : 'are'} too long to be shown here. \`./journey diff --json\` has all of it.`];
  return `${[...shown, ...rest].join('\n\n')}\n`;
}

