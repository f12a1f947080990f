import { dirname, join } from 'node:path';
import type { Contract } from './contract.ts';
import { parseDatabases, parseEnv } from './env.ts';
import type { App, Kit } from './kit.ts';
import { openLog, type Log } from './log.ts';
import { openKit } from './open-kit.ts';
import { start } from './start.ts';
import { fieldOf } from './thrown.ts';

export type MakeApp<C extends Contract> = (kit: Kit<C>) => Promise<App<C>>;
export type Commands<C extends Contract> = Readonly<Record<string, (kit: Kit<C>, args: string[]) => Promise<void>>>;

/**
 * The whole of a `main.ts`. `node main.ts` serves until SIGTERM or SIGINT (SIGUSR2: gently); `node main.ts migrate` brings the
 * database up to date; another word runs that command. Whatever goes wrong is one JSON line and exit code 1.
 */
export async function run<C extends Contract>(contract: C, makeApp: MakeApp<C>, commands: Commands<C> = {}): Promise<void> {
  const bare = openLog({ service: contract.name });
  process.once('uncaughtException', (error) => { fail(bare, error); });
  process.once('unhandledRejection', (error) => { fail(bare, error); });
  const [word, ...args] = process.argv.slice(2);
  try {
    if (word === undefined) return await serve(contract, makeApp);
    if (word === 'migrate' && contract.migrates) await migrateAll(contract, bare);
    else await command(contract, commands, word, args);
    // A library's timer must not keep a finished command from ending.
    process.exit(0);
  } catch (error) {
    fail(bare, error);
  }
}

async function serve<C extends Contract>(contract: C, makeApp: MakeApp<C>): Promise<void> {
  const { kit, close } = openKit(contract, parseEnv(contract));
  const app = await makeApp(kit);
  const started = await start(kit, app);
  kit.log.info('listening', { url: started.url, metricsUrl: started.metricsUrl, revision: kit.standard.revision });
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    const stopped = started.stop({ gently: signal === 'SIGUSR2' });
    if (stopping) return;
    stopping = true;
    kit.log.info('stopping', { signal });
    stopped.then(close).then(() => process.exit(0), (error: unknown) => fail(kit.log, error));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Another release accepts from the same sockets: this one goes when its last connection has gone.
  process.on('SIGUSR2', stop);
}

async function migrateAll(contract: Contract, log: Log): Promise<void> {
  // Loaded only here: no serving process pays for it.
  const { migrate } = await import('./migrate.ts');
  for (const connection of parseDatabases(contract)) {
    const done = await migrate(connection, join(dirname(process.argv[1] ?? ''), 'migrations'), log);
    log.info('the database is up to date', { reference: connection.reference, migrations: done });
  }
}

async function command<C extends Contract>(contract: C, commands: Commands<C>, word: string, args: string[]): Promise<void> {
  const work = Object.hasOwn(commands, word) ? commands[word] : undefined;
  if (!work) {
    const known = [...(contract.migrates ? ['migrate'] : []), ...Object.keys(commands)];
    throw new Error(`"${word.slice(0, 40)}" is no command of ${contract.name}; there is ${known.length === 0 ? 'none' : known.join(', ')}.`);
  }
  const { kit, close } = openKit(contract, parseEnv(contract));
  try {
    await work(kit, args);
  } finally {
    await kit.telemetry.close();
    await close();
  }
}

/** The line is written synchronously, so it is out before the process is gone. */
function fail(log: Log, error: unknown): never {
  log.fatal(fieldOf(error, 'message') ?? String(error), { error });
  process.exit(1);
}
