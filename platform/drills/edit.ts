import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Replaces a piece of a file that is there exactly once. @throws {Error} when it is not: the drill would change nothing, and prove nothing */
export function edit(folder: string, path: string, from: string, to: string): void {
  const parts = readFileSync(join(folder, path), 'utf8').split(from);
  if (parts.length !== 2) throw new Error(`"${from}" stands ${parts.length - 1} times in ${path}`);
  writeFileSync(join(folder, path), parts.join(to));
}

/** Wraps the app of a service in its main.ts: `made` is what it was, and the expression what it becomes. */
export function wrapApp(folder: string, workload: string, expression: string, before = ''): void {
  edit(folder, `services/${workload}/main.ts`, `await run(${workload}, app);`, `${before}\nawait run(${workload}, async (kit) => {\n  const made = await app(kit);\n  return ${expression};\n});`);
}
