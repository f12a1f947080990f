import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Where one checkout keeps what it needs to run: everything below `.journey/`, nothing elsewhere (see postgres-place.ts for the one exception). */
export interface Folder {
  readonly root: string;
  readonly base: string;
  readonly state: string;
  readonly lock: string;
  readonly ports: string;
  readonly secrets: string;
  readonly credentials: string;
  readonly data: string;
  readonly logs: string;
  /** The bare repository whose main says what runs. */
  readonly remote: string;
  readonly compileCache: string;
  log(process: string): string;
}

export function folderOf(root: string): Folder {
  const base = join(root, '.journey');
  const logs = join(base, 'logs');
  return {
    root, base, logs,
    remote: join(base, 'remote.git'),
    state: join(base, 'state.json'),
    lock: join(base, 'run.lock'),
    ports: join(base, 'ports.json'),
    secrets: join(base, 'secrets.json'),
    credentials: join(base, 'credentials.json'),
    data: join(base, 'data'),
    compileCache: join(base, 'compile-cache'),
    log: (process) => join(logs, `${process}.log`),
  };
}

/** Tells two checkouts on one host apart: eight hexadecimal digits that depend on the folder alone. */
export function installationOf(root: string): string {
  return createHash('sha256').update(root).digest('hex').slice(0, 8);
}
