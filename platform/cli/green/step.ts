import { output } from './output.ts';
import type { Where } from './where.ts';

/** What one step of green found. `details` are the lines a person needs when it is red, or why it skipped. */
export interface Result { readonly passed: number; readonly failed: number; readonly skipped: number; readonly details: readonly string[] }
export interface Step {
  readonly name: string;
  readonly about: string;
  /** Only reads, and judges no time: two such steps in a row run at once. */
  readonly beside?: true;
  run(where: Where): Promise<Result>;
}

/** A step that passes when a program exits with 0; what it printed is shown only when it does not. */
export const program = (name: string, about: string, argv: readonly string[]): Step => ({
  name,
  about,
  beside: true,
  async run(where) {
    const { code, text } = await output(where, argv);
    return code === 0 ? { passed: 1, failed: 0, skipped: 0, details: [] } : { passed: 0, failed: 1, skipped: 0, details: lines(text) };
  },
});

export const lines = (text: string): string[] => text.split('\n').map((l) => l.trimEnd()).filter((l) => l !== '');
