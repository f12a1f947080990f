import type { ChildProcess } from 'node:child_process';
import { CliError, exit } from '../command.ts';
import type { Board } from './board.ts';
import { identityOf } from './identity.ts';
import { lastWords } from './last-words.ts';
import { answers, initialize, launch, watchOver } from './postgres.ts';
import { postgresPlace } from './postgres-place.ts';
import type { Prepared } from './prepare.ts';
import { ensureRoles } from './roles.ts';
import { supervise, type Supervised, type SuperviseOptions } from './supervise.ts';

/** The embedded PostgreSQL with its roles, kept running. @returns undefined when every backing has its own URL */
export async function startDatabases(prepared: Prepared, board: Board, signal: AbortSignal, tell: (line: string) => void, limits: Pick<SuperviseOptions, 'crashes'> = {}): Promise<Supervised | undefined> {
  if (Object.keys(prepared.roles).length === 0) return undefined;
  const { folder, ports, secrets, own } = prepared;
  const port = ports['postgres'] ?? 0;
  const password = secrets.passwords['postgres'] ?? '';
  const log = folder.log('postgres');
  const place = await postgresPlace({ data: folder.data, installation: own.id });
  if (place.outside !== undefined) tell(`PostgreSQL's data is in ${place.outside}: as root it runs under another account, which cannot enter this folder`);
  await initialize(place, password);
  signal.throwIfAborted();
  let watch: ChildProcess | undefined;
  let forget = () => {};
  const refused = Promise.withResolvers<never>();
  refused.promise.catch(() => {});
  const server = supervise({
    spawn() {
      endWatch();
      const child = launch({ place, port, log });
      if (child.pid !== undefined) {
        watch = watchOver(child.pid);
        forget = board.helper(watch.pid === undefined ? undefined : identityOf(watch.pid));
      }
      return child;
    },
    ...limits,
    probe: () => answers(port, password).catch((error: unknown) => {
      // A wrong password does not become right by asking again.
      if (error instanceof CliError) refused.reject(error);
      throw error;
    }),
    readyMs: 20_000,
    lastWords: () => lastWords(log),
    changed: (status) => board.set('postgres', status),
    signal: 'SIGINT',
    // Its children need a moment to notice that a killed server is gone; until then a new one refuses to start.
    backoffMs: (crash) => Math.min(150 * 2 ** crash, 5000),
  });
  /** Before the server ends: the watch would ask a number that may be somebody else's by then. */
  function endWatch() {
    watch?.kill('SIGKILL');
    watch = undefined;
    forget();
  }
  const stop = async (graceMs?: number) => {
    endWatch();
    await server.stop(graceMs);
  };
  try {
    const { health, why } = await Promise.race([server.start(), refused.promise]);
    if (health !== 'Healthy') throw unanswered(why);
    await ensureRoles(port, password, prepared.roles);
    return { ...server, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function unanswered(why: string | undefined): CliError {
  return new CliError(exit.unhealthy, { what: 'PostgreSQL does not answer', why: why ?? 'it was stopped', fix: 'Read `./journey logs postgres`; `./journey doctor` looks for common causes.' });
}
