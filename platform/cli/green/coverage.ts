import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Step } from './step.ts';

const LEAST = 80;
const FOLDERS = ['services', 'platform', 'policies'];
interface Branches { readonly branches: { readonly total: number; readonly covered: number } }
const isSummary = new Ajv2020({ strict: false }).compile<Readonly<Record<string, Branches>>>({
  type: 'object', additionalProperties: { type: 'object', required: ['branches'] },
});

/** Branches, over every file of the three folders: a file that no test loads counts with all of its branches. Reads what `unit` wrote. */
export const coverage: Step = {
  name: 'coverage',
  about: `at least ${LEAST} % of branches in ${FOLDERS.join(', ')}`,
  async run({ root }) {
    const summary: unknown = JSON.parse(await readFile(join(root, 'coverage', 'coverage-summary.json'), 'utf8').catch(() => 'null'));
    if (!isSummary(summary)) return { passed: 0, failed: 1, skipped: 0, details: ['No coverage/coverage-summary.json: the unit tests did not finish.'] };
    const rows = FOLDERS.map((folder) => ({ folder, share: shareOf(summary, `${root}/${folder}/`) }));
    const low = rows.filter((r) => !(r.share >= LEAST));
    return {
      passed: rows.length - low.length, failed: low.length, skipped: 0,
      details: rows.map((r) => `${r.folder}: ${r.share.toFixed(1)} % of branches`),
    };
  },
};

function shareOf(summary: Readonly<Record<string, Branches>>, below: string): number {
  const files = Object.entries(summary).filter(([file]) => file.startsWith(below)).map(([, s]) => s.branches);
  const total = files.reduce((sum, b) => sum + b.total, 0);
  return total === 0 ? Number.NaN : (100 * files.reduce((sum, b) => sum + b.covered, 0)) / total;
}
