import { accessSync, constants, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { output } from './output.ts';
import { lines, type Result, type Step } from './step.ts';
import type { Where } from './where.ts';

/** Wrong on purpose, once for each judge: whoever passes it is blind. */
const BROKEN = 'platform/cli/green/broken-workflow.yaml';

interface Judge {
  readonly name: string;
  readonly programs: readonly string[];
  /** Judged in place of the single workflows, with what lies beside them. */
  readonly folder?: string;
  /** The command; `at` says where a program is. */
  argv(at: (program: string) => string, judged: readonly string[]): readonly string[];
  /** What it must say of the broken workflow. */
  readonly finds: readonly string[];
}

const judges: readonly Judge[] = [
  {
    name: 'actionlint', programs: ['actionlint', 'shellcheck'], finds: ['property "nowhere" is not defined', 'SC2086'],
    argv: (at, judged) => [at('actionlint'), '-no-color', '-oneline', '-pyflakes=', `-shellcheck=${at('shellcheck')}`, ...judged],
  },
  {
    name: 'zizmor', programs: ['zizmor'], folder: '.github', finds: ['template-injection'],
    argv: (at, judged) => [at('zizmor'), '--offline', '--no-progress', '--strict-collection', '--persona=pedantic', '--format=plain', '--color=never', ...judged],
  },
];

/** Workflows and Dependabot's file, judged by tools of others, which `.ci/workflows.sh` installs. `path` is where they are looked for besides. */
export function workflows(path = process.env['PATH'] ?? ''): Step {
  return {
    name: 'workflows',
    about: 'actionlint (with shellcheck) and zizmor find nothing in .github, and each finds what is wrong on purpose',
    beside: true,
    async run(where) {
      const results = [];
      for (const judge of judges) results.push(await ask(judge, where, path));
      return {
        passed: results.filter((r) => r.passed > 0).length, failed: results.filter((r) => r.failed > 0).length, skipped: results.filter((r) => r.skipped > 0).length,
        details: results.flatMap((r) => r.details),
      };
    },
  };
}

async function ask(judge: Judge, where: Where, path: string): Promise<Result> {
  const folders = [join(where.root, '.journey', 'tools', 'bin'), ...path.split(delimiter)];
  const at = (program: string) => folders.map((folder) => join(folder, program)).find(isProgram);
  const missing = judge.programs.filter((program) => at(program) === undefined);
  if (missing.length > 0) {
    const why = `${judge.name}: ${missing.join(' and ')} not installed; .ci/workflows.sh installs what is missing`;
    return where.noSkip ? red(why) : { passed: 0, failed: 0, skipped: 1, details: [`skipped: ${why}`] };
  }
  const found = globSync('.github/workflows/*.{yml,yaml}', { cwd: where.root }).toSorted();
  if (found.length === 0) return red('There is no workflow in .github/workflows: nothing was judged.');
  const program = (name: string) => at(name) ?? name;
  const judged = judge.folder === undefined ? found : [judge.folder];
  const [control, real] = await Promise.all([
    output(where, judge.argv(program, [BROKEN])),
    output(where, judge.argv(program, judged)),
  ]);
  const unseen = judge.finds.filter((what) => !control.text.includes(what));
  if (control.code === 0 || unseen.length > 0) return red(`${judge.name} is blind: of ${BROKEN} it did not say ${unseen.join(' and ') || 'that it is wrong'}.`, ...lines(control.text));
  return real.code === 0 ? { passed: 1, failed: 0, skipped: 0, details: [] } : red(`${judge.name}:`, ...lines(real.text));
}

const red = (...details: readonly string[]): Result => ({ passed: 0, failed: 1, skipped: 0, details });

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
