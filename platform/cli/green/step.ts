import { spawn } from 'node:child_process';

/** What one step of green found. `details` are the lines a person needs when it is red, or why it skipped. */
export interface Result { readonly passed: number; readonly failed: number; readonly skipped: number; readonly details: readonly string[] }
export interface Where { readonly root: string; readonly noSkip: boolean; readonly signal: AbortSignal }
export interface Step {
  readonly name: string;
  readonly about: string;
  run(where: Where): Promise<Result>;
}

export interface Output { readonly code: number; readonly text: string }

/** Runs a program from the repository's root with Node's own environment; both streams in one text. */
export function output(where: Where, argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Output> {
  const [program = '', ...rest] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { cwd: where.root, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...env }, stdio: ['ignore', 'pipe', 'pipe'], signal: where.signal });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (c: Buffer) => chunks.push(c));
    child.stderr.on('data', (c: Buffer) => chunks.push(c));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, text: Buffer.concat(chunks).toString('utf8') }));
  });
}

/** A step that passes when a program exits with 0; what it printed is shown only when it does not. */
export const program = (name: string, about: string, argv: readonly string[]): Step => ({
  name,
  about,
  async run(where) {
    const { code, text } = await output(where, argv);
    return code === 0 ? { passed: 1, failed: 0, skipped: 0, details: [] } : { passed: 0, failed: 1, skipped: 0, details: lines(text) };
  },
});

export const lines = (text: string): string[] => text.split('\n').map((l) => l.trimEnd()).filter((l) => l !== '');
