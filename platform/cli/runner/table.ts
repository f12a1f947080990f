import type { Io, Style } from '../command.ts';
import type { FirstSignIn } from './people.ts';
import { visible } from '../style.ts';
import type { Health } from './supervise.ts';
import type { InstallationView } from './view.ts';

/** The calm table of `up` and `status`; one JSON value with `--json`. */
export function printTable(io: Io, view: InstallationView, signIn?: FirstSignIn): void {
  if (io.json) return io.emit(signIn ? { ...view, signIn } : view);
  const { backings } = view;
  const processes = [...view.processes, ...(view.postgres ? [view.postgres] : [])];
  const rows = processes.map(({ name, health, urls, pid, pssMiB }) => [
    name, health, urls['http'] ?? urls['postgres'] ?? '', pid === null ? '-' : `pid ${pid}`, pssMiB === null ? '' : `${pssMiB} MiB`,
  ]);
  const wide = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  rows.forEach((row, i) => {
    const cells = row.map((cell, column) => cell.padEnd(wide[column] ?? 0));
    io.print(`  ${[io.style.bold(cells[0] ?? ''), coloured(io.style, processes[i]?.health)(cells[1] ?? ''), ...cells.slice(2)].join('  ').trimEnd()}`);
    const why = processes[i]?.why;
    if (why !== undefined) io.print(`    ${io.style.dim(visible(why))}`);
  });
  const external = backings.filter(({ provider }) => provider === 'external');
  if (external.length > 0) io.print(`  not embedded: ${external.map(({ name, url }) => `${name} (${url ?? ''})`).join(', ')}`);
  if (view.pssMiB !== null) io.print(io.style.dim(`  memory of all processes (PSS): ${view.pssMiB} MiB`));
  if (signIn) printSignIn(io, signIn);
}

/** Shown once and kept nowhere. */
export function printSignIn(io: Io, signIn: FirstSignIn): void {
  io.print('');
  io.print(`  Sign in as ${io.style.bold(signIn.name)} with this link, which works once:`);
  io.print(`  ${signIn.link}`);
  if (signIn.password !== undefined) io.print(`  or with the password ${io.style.bold(signIn.password)}  (shown now and never again)`);
  io.print(io.style.dim('  A new link whenever you need one: ./journey up --link'));
}

function coloured(style: Style, health: Health | undefined): (text: string) => string {
  if (health === 'Healthy') return style.good;
  return health === 'Progressing' ? style.warn : style.bad;
}
