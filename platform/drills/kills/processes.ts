import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface Running { readonly pid: number; readonly command: string }

/** Every process that works below a folder (proc(5)). Linux only. */
export function processesIn(folder: string): readonly Running[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name): Running[] => {
    try {
      const cwd = readlinkSync(`/proc/${name}/cwd`);
      if (cwd !== folder && !cwd.startsWith(`${folder}/`)) return [];
      return [{ pid: Number(name), command: readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').join(' ').trim() }];
    } catch {
      return []; // it has ended meanwhile, or belongs to somebody else
    }
  });
}

/** What is not one process for each workload, and nobody who works on a proposal. */
export function oddIn(running: readonly Running[], workloads: readonly string[]): readonly string[] {
  const counted = workloads.map((name) => ({ name, count: running.filter(({ command }) => command.includes(name === 'dashboard' ? ' dashboard/main.ts' : ` services/${name}/main.ts`)).length }));
  return [
    ...counted.filter(({ count }) => count !== 1).map(({ name, count }) => `${count} processes of ${name}`),
    ...running.filter(({ command }) => / platform\/cli\/main\.ts (propose|diff)\b/.test(command)).map(({ pid, command }) => `process ${pid} is left: ${command.slice(0, 120)}`),
  ];
}
