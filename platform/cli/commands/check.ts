import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { CliError, exit, type Command, type ExitCode, type Io } from '../command.ts';
import type { Finding, Report } from '../../../policies/evaluate.ts';
import type { Rule } from '../../../policies/rule.ts';
import { annotationOf } from '../green/annotations.ts';
import { loadModel } from '../model.ts';
import { askModel, type Load } from './check-model.ts';

const DEFAULT = ['synth', 'environments/releases'];

export const command: Command = commandWith(loadModel);

/** The command, with what loads the model. */
export function commandWith(load: Load): Command {
  return {
    name: 'check',
    arguments: '[path...]',
    about: 'Judges manifests, Terraform stacks and release files by every policy, and lists all findings.',
    example: './journey check synth/production',
    options: [{ flags: '--annotations', about: 'the findings as annotations of GitHub Actions, at the lines of the model' }],
    async run(io, args, options) {
      const paths = args.length === 0 ? DEFAULT.filter((path) => existsSync(join(io.root, path))) : existing(io, args);
      const { report, skipped } = await judge(io, paths, args.length === 0, load);
      if (skipped.length > 0) io.tell(`No rule is about ${skipped.join(', ')}.`);
      return tell(io, report, paths, args.length === 0, options['annotations'] === true);
    },
  };
}

/** The policies are imported here: their schemas are megabytes that no other command needs. */
async function judge(io: Io, paths: readonly string[], everything: boolean, load: Load) {
  const progress = io.progress('Reading the policies');
  try {
    const [{ evaluate }, { read }, rules, { known, findings }] = await Promise.all([
      import('../../../policies/evaluate.ts'), import('../../../policies/read.ts'), rulesFor(io.root, paths), askModel(io.root, paths, everything, load),
    ]);
    progress.update(`Judging ${paths.join(' and ')}`);
    const { rendered, skipped } = await read(io.root, paths, known);
    const judged = evaluate(rendered, rules);
    const report: Report = { ...judged, findings: [...findings, ...judged.findings] };
    progress.done(`Judged ${paths.join(' and ')}`);
    return { report, skipped };
  } catch (error) {
    progress.fail();
    throw error;
  }
}

/** Of release files and a laptop's files few rules can say anything; those need none of the packages for development. */
async function rulesFor(root: string, paths: readonly string[]): Promise<readonly Rule[]> {
  const few = paths.length > 0 && paths.every((path) => isReleases(path) || isLaptop(join(root, path)));
  return few ? (await import('../../../policies/releases/rules.ts')).releaseRules : (await import('../../../policies/rules.ts')).rules;
}

const isReleases = (path: string): boolean => /^environments\/releases(?:\/[^/]+\.json)?$/.test(path);
const isLaptop = (folder: string): boolean => existsSync(join(folder, 'plan.json')) && !['kubernetes', 'terraform', 'observability'].some((part) => existsSync(join(folder, part)));

/** As typed, relative to the repository where they lie in it. */
function existing(io: Io, args: readonly string[]): string[] {
  return args.map((typed) => {
    const absolute = resolve(typed);
    if (!existsSync(absolute)) {
      throw new CliError(exit.usage, {
        what: `There is no file or folder ${typed}.`, why: 'check judges what was written, and there is nothing.', fix: 'Name one that exists, or none for synth/ and environments/releases/.',
      });
    }
    const inside = relative(io.root, absolute);
    return inside.startsWith('..') || isAbsolute(inside) ? absolute : inside.split(sep).join('/') || '.';
  });
}

function tell(io: Io, report: Report, paths: readonly string[], everything: boolean, annotate: boolean): ExitCode {
  const findings = report.findings.filter((f) => f.level === 'finding');
  const notices = report.findings.filter((f) => f.level === 'notice');
  if (annotate) for (const finding of findings) io.print(annotationOf(finding));
  else if (io.json) json(io, report, findings.length, notices.length);
  else text(io, report, findings, notices, isBlind(report, everything));
  if (findings.length > 0) {
    throw new CliError(exit.model, {
      what: `${findings.length} ${findings.length === 1 ? 'thing does' : 'things do'} not hold.`,
      why: `${[...new Set(findings.map((f) => f.rule))].join(', ')}: see above for each.`,
      fix: 'Correct the lines of the model or the target that are named, run ./journey synth, and check again.',
    });
  }
  if (isBlind(report, everything)) {
    throw new CliError(exit.model, {
      what: 'Nothing was evaluated.', why: `Under ${(everything ? DEFAULT : paths).join(' and ')} there is ${everything ? 'no Kubernetes object' : 'no Kubernetes object, Terraform stack or release file'}, and a check that saw nothing has proved nothing.`,
      fix: everything ? 'Run ./journey synth.' : 'Name a folder with .yaml, .tf.json or releases/*.json files.',
    });
  }
  return exit.ok;
}

/** Release files alone prove nothing about what they release. */
const isBlind = ({ counts: { objects, resources, releases } }: Report, everything: boolean): boolean => objects + (everything ? 0 : resources + releases) === 0;

function json(io: Io, { findings, counts, evaluated }: Report, found: number, notices: number): void {
  for (const { level, ...finding } of findings) io.emit({ kind: level, ...finding });
  io.emit({ kind: 'summary', findings: found, notices, counts, evaluated });
}

function text({ print, style }: Io, { counts, evaluated }: Report, findings: readonly Finding[], notices: readonly Finding[], blind: boolean): void {
  for (const [place, same] of Map.groupBy(findings, (f) => `${f.file}  ${f.object}`)) {
    print(style.bold(place));
    for (const finding of same) for (const line of linesOf(finding, style)) print(line);
  }
  for (const [rule, same] of Map.groupBy(notices, (n) => `${n.rule}: ${n.what}`)) {
    print(`${style.warn('notice')}  ${rule} (${same.length}): ${listed(same.map((n) => `${n.file} ${n.path}`))}`);
  }
  print(`Evaluated ${counts.objects} Kubernetes objects, ${counts.resources} Terraform resources in ${counts.stacks} stacks, ${counts.releases} release files; things per rule:`);
  const seen = Object.entries(evaluated).filter(([, count]) => count > 0).map(([rule, count]) => `${rule} ${count}`);
  for (let i = 0; i < seen.length; i += 6) print(style.dim(`  ${seen.slice(i, i + 6).join(' · ')}`));
  const idle = Object.keys(evaluated).filter((rule) => evaluated[rule] === 0);
  if (idle.length > 0 && !blind) print(style.dim(`  saw nothing to judge: ${idle.join(', ')}`));
  if (!blind || findings.length > 0) print(findings.length === 0 ? style.good(`Everything holds; ${notices.length} notices.`) : style.bad(`${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}, ${notices.length} notices.`));
}

function linesOf({ rule, path, what, why, fix, declaredAt, serves }: Finding, style: Io['style']): string[] {
  return [
    `  ${style.bad(rule)}  ${path === '' ? '' : `${path}: `}${what}`,
    ...(declaredAt === undefined ? [] : [`    declared  ${declaredAt}`]),
    `    why       ${why}`,
    `    fix       ${fix}`,
    style.dim(`    serves    ${serves.join('; ')}`),
  ];
}

/** The first few; `--json` has them all. */
const listed = (places: readonly string[]): string => (places.length <= 3 ? places.join(', ') : `${places.slice(0, 3).join(', ')} and ${places.length - 3} more`);
