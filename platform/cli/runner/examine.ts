import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { exit, type ExitCode } from '../command.ts';
import { saidOf } from '../report.ts';
import type { Folder } from './folder.ts';
import { isAlive } from './identity.ts';
import { damagedIsNone, damageOf } from './json-file.ts';
import { holderOf } from './lock.ts';
import { migratedFile } from './migrations.ts';
import { busyPorts, portsFile } from './ports.ts';
import { binaries } from './postgres-place.ts';
import { credentialsFile, markFile } from './people.ts';
import { localModel, type LocalModel } from './prepare.ts';
import { lostSecrets, secretsFile } from './secrets.ts';
import { identitiesOf, stateFile } from './state.ts';

export interface Finding {
  /** `note`: something optional that is not there. */
  readonly kind: 'ok' | 'note' | 'fault';
  readonly what: string;
  readonly why?: string;
  readonly fix?: string;
  /** Of a fault: what a command that meets it exits with. */
  readonly code?: ExitCode;
}
/** The machine, as the examination sees it; a test gives another one. */
export interface Machine {
  readonly nodeVersion: string;
  readonly freeMemory: () => number;
  readonly freeDisk: (path: string) => number;
  /** Tells file systems apart. */
  readonly fileSystem: (path: string) => number;
  readonly find: (program: string) => boolean;
  readonly model: () => Promise<LocalModel>;
  readonly checksum: (path: string) => string;
}

const MIB = 1_048_576;
/** PostgreSQL takes 1024 bytes for a path (MAXPGPATH); its own names below the data folder need the rest. */
const LONGEST_PATH = 900;

const here: Machine = {
  nodeVersion: process.versions.node,
  freeMemory: freemem,
  freeDisk: (path) => { const { bavail, bsize } = statfsSync(path); return bavail * bsize; },
  fileSystem: (path) => statSync(path).dev,
  find: (program) => (process.env['PATH'] ?? '').split(':').some((folder) => folder !== '' && existsSync(join(folder, program))),
  model: localModel,
  checksum: (path) => execFileSync('cksum', { input: readFileSync(path), encoding: 'utf8' }).trim(),
};

/** Everything that could stop `up`, all at once: a doctor who names one illness per visit is no help. */
export async function examine(folder: Folder, machine: Machine = here): Promise<readonly Finding[]> {
  const runs = holderOf(folder.lock) !== undefined;
  const checks: readonly (() => Finding | readonly Finding[] | Promise<Finding | readonly Finding[]>)[] = [
    () => node(machine),
    () => (machine.find('npm') ? ok('npm is there') : note('npm is not there', 'it is needed when the packages change', 'Install Node 24 with npm.')),
    () => packages(folder, machine),
    () => postgres(),
    () => model(machine),
    () => writable(folder),
    () => files(folder),
    () => ports(folder, runs),
    () => leftovers(folder, runs),
    () => space(folder, machine),
    () => memory(machine, runs),
    () => pathLength(folder),
    () => optional(machine),
  ];
  const found = await Promise.all(checks.map(async (check) => {
    try {
      return await check();
    } catch (error) {
      const { what, why, fix } = saidOf(error);
      return fault(what, why, fix);
    }
  }));
  return found.flat();
}

const ok = (what: string): Finding => ({ kind: 'ok', what });
const note = (what: string, why: string, fix: string): Finding => ({ kind: 'note', what, why, fix });
const fault = (what: string, why: string, fix: string, code: ExitCode = exit.missing): Finding => ({ kind: 'fault', what, why, fix, code });

function node({ nodeVersion }: Machine): Finding {
  if (Number(nodeVersion.split('.')[0]) >= 24) return ok(`Node ${nodeVersion}`);
  return fault(`Node ${nodeVersion} is too old`, 'TypeScript runs without a build from Node 24 on', 'Start with `./journey`, which brings its own Node, or install Node 24.');
}

function packages({ root, base }: Folder, machine: Machine): Finding {
  const again = 'Run any `./journey` command: it installs what is missing.';
  if (!existsSync(join(root, 'node_modules'))) return fault('the packages are not installed', 'there is no node_modules', again);
  const record = join(base, 'installed');
  if (!existsSync(record)) return fault('nobody noted which packages are installed', 'they were installed by hand, or an install was interrupted', again);
  const [level = '', lock = ''] = readFileSync(record, 'utf8').split('\n');
  if (lock !== machine.checksum(join(root, 'package-lock.json'))) return fault('the packages are not those of package-lock.json', 'the lock file changed after the last install', again);
  return ok(level === 'full' ? 'all packages are installed' : 'the packages for running are installed; those for synth and tests come when they are needed');
}

async function postgres(): Promise<Finding> {
  const programs = await binaries();
  for (const program of [programs.initdb, programs.postgres]) accessSync(program, constants.X_OK);
  return ok('PostgreSQL 15 is there');
}

async function model(machine: Machine): Promise<Finding> {
  const { plan } = await machine.model();
  return ok(`the model names ${plan.processes.length} workloads and ${plan.backings.length} backings`);
}

function writable({ base }: Folder): Finding {
  if (!existsSync(base)) return ok('.journey will be made');
  accessSync(base, constants.W_OK);
  return ok('.journey can be written to');
}

/** Each file of ours on its own: two that are damaged are two faults. */
function files(folder: Folder): Finding[] {
  const all = [portsFile(folder.ports), secretsFile(folder.secrets), credentialsFile(folder.credentials), stateFile(folder.state), migratedFile(folder), markFile(folder)];
  const damaged = [...all.map((file) => damageOf(file)), lostSecrets(folder)].flatMap((error) => (error ? [fault(error.message, error.why, error.fix, error.code)] : []));
  const open = [folder.secrets, folder.credentials].filter((path) => existsSync(path) && (statSync(path).mode & 0o077) !== 0)
    .map((path) => fault(`${path} may be read by others`, 'it holds passwords, and its mode is not 0600', `chmod 600 '${path}'`));
  return damaged.length + open.length > 0 ? [...damaged, ...open] : [ok('the files below .journey are whole, and those with secrets are for this account only')];
}

async function ports(folder: Folder, runs: boolean): Promise<Finding | readonly Finding[]> {
  if (runs) return ok('it runs: the ports are in use by this checkout itself');
  const chosen = damagedIsNone(portsFile(folder.ports)) ?? {};
  const busy = await busyPorts(chosen);
  if (busy.length === 0) return ok('all ports are free');
  return busy.map(({ name, port, holder }) => fault(
    `port ${port} (${name}) is in use`,
    holder ? `process ${holder.pid} holds it: ${holder.command}` : 'a process that this account may not see holds it',
    `${holder ? `\`kill ${holder.pid}\`` : 'End it'}, or choose new ports: \`rm .journey/ports.json\`.`,
  ));
}

function leftovers(folder: Folder, runs: boolean): Finding {
  const state = damagedIsNone(stateFile(folder.state));
  if (runs || !state) return ok('no process of an earlier run is left');
  const { workloads, postgres: servers } = identitiesOf(state);
  const left = [...workloads, ...servers].filter(isAlive).map(({ pid }) => pid);
  if (left.length === 0) return ok('no process of an earlier run is left');
  return fault(`${left.length} processes of a killed runner are left: ${left.join(', ')}`, 'the runner ended without stopping them', '`./journey down` ends them; `./journey up` does it, too.');
}

/** Data may lie on another file system than the checkout: a mount, a link, or PostgreSQL's folder outside (postgres-place.ts). */
function space({ root, data }: Folder, machine: Machine): Finding[] {
  const places = [root, data, join(data, 'postgres')].filter((path) => existsSync(path));
  const systems = new Map(places.toReversed().map((path) => [machine.fileSystem(path), path]));
  return [...systems.values()].toReversed().map((path) => {
    const free = machine.freeDisk(path) / MIB;
    if (free >= 1024) return ok(`${(free / 1024).toFixed(0)} GiB of disk space are free for ${path}`);
    return fault(`only ${free.toFixed(0)} MiB of disk space are free for ${path}`, 'packages, build, databases and logs need about 1 GiB more', 'Remove what you do not need; `./journey reset` removes this checkout\'s data.');
  });
}

function memory(machine: Machine, runs: boolean): Finding {
  const free = machine.freeMemory() / MIB;
  if (runs || free >= 1536) return ok(`${free.toFixed(0)} MiB of memory are free`);
  return fault(`only ${free.toFixed(0)} MiB of memory are free`, 'all processes together take up to 1.2 GiB', 'Close other programs.');
}

function pathLength({ base }: Folder): Finding {
  const bytes = Buffer.byteLength(base);
  if (bytes <= LONGEST_PATH) return ok('the path of this checkout is short enough');
  return fault(`the path of this checkout has ${bytes} bytes`, 'PostgreSQL takes paths of at most 1024 bytes for its data', 'Move the checkout to a shorter path.');
}

function optional(machine: Machine): Finding[] {
  const wanted = [
    { programs: ['chromium', 'chromium-browser', 'google-chrome'], what: 'Chromium', why: 'the end-to-end tests in a browser are skipped', fix: 'apt install chromium fonts-dejavu-core' },
    { programs: ['redis-server'], what: 'Redis', why: "the cache's tests against a real Redis are skipped", fix: 'apt install redis-server' },
    { programs: ['rabbitmq-server'], what: 'RabbitMQ', why: "the queue's tests against a real RabbitMQ are skipped", fix: 'apt install rabbitmq-server' },
  ];
  return wanted.map(({ programs, what, why, fix }) => (programs.some(machine.find) ? ok(`${what} is there`) : note(`${what} is not there`, why, fix)));
}
