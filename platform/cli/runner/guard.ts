import childProcess, { ChildProcess } from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import workers, { type WorkerOptions } from 'node:worker_threads';
import { refusal, type Attempt, type GuardPolicy } from './guard-policy.ts';

/** What a refused connection fails with. */
export const DENIED = 'EJOURNEYDENIED';

/**
 * Refuses every connection that the policy does not allow. `fetch`, `node:http`, `node:https`, `node:tls`, `node:http2`
 * and all database clients end in `net.Socket.prototype.connect`, also with happy eyeballs (RFC 8305): one socket,
 * one call, several addresses. It guards against mistakes, not against code that wants to get around it.
 * @returns undoes it
 */
export function installGuard(policy: GuardPolicy, inherit: Readonly<Record<string, string>> = {}): () => void {
  const undo = [guardSockets(policy), guardDatagrams(policy), guardNames(policy), guardChildren(inherit), guardSyncChildren(inherit), guardWorkers(inherit)];
  syncBuiltinESMExports();
  return () => {
    for (const one of undo) one();
    syncBuiltinESMExports();
  };
}

type Any = (...args: never[]) => unknown;
type Holder = object;

/** Puts `make(original)` in the place of a method. Reads and writes by reflection: overloads have no one type. */
function replace(holder: Holder, name: string, make: (original: (self: unknown, args: unknown[]) => unknown) => (self: unknown, args: unknown[]) => unknown): () => void {
  const original: unknown = Reflect.get(holder, name);
  if (!isFunction(original)) return () => {};
  const replaced = make((self, args) => Reflect.apply(original, self, args));
  Reflect.set(holder, name, function guarded(this: unknown, ...args: unknown[]) {
    return replaced(this, args);
  });
  return () => void Reflect.set(holder, name, original);
}

function guardSockets(policy: GuardPolicy): () => void {
  return replace(net.Socket.prototype, 'connect', (connect) => (self, args) => {
    const attempt = attemptOf(args);
    const why = attempt && refusal(policy, attempt);
    if (why === undefined || !(self instanceof net.Socket)) return connect(self, args);
    process.nextTick(() => self.destroy(denied(why)));
    return self;
  });
}

/** net.connect's forms: `(options)`, `(port, host)`, `(path)`, and the array that net.connect makes of them. */
function attemptOf(args: unknown[]): Attempt | undefined {
  const first: unknown = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof first === 'string' && Number.isNaN(Number(first))) return { kind: 'path', path: first };
  if (typeof first === 'string' || typeof first === 'number') return { kind: 'tcp', host: typeof args[1] === 'string' ? args[1] : '', port: Number(first) };
  if (typeof first !== 'object' || first === null) return undefined;
  if ('path' in first && typeof first.path === 'string') return { kind: 'path', path: first.path };
  if (!('port' in first)) return undefined;
  return { kind: 'tcp', host: 'host' in first && typeof first.host === 'string' ? first.host : '', port: Number(first.port) };
}

function guardDatagrams(policy: GuardPolicy): () => void {
  const refuse = (args: unknown[]): string | undefined => {
    const port = args.find((one) => typeof one === 'number');
    const host = args.findLast((one) => typeof one === 'string');
    return refusal(policy, { kind: 'udp', host: typeof host === 'string' ? host : '', port: typeof port === 'number' ? port : 0 });
  };
  const guarded = (call: (self: unknown, args: unknown[]) => unknown) => (self: unknown, args: unknown[]) => {
    const why = refuse(args);
    if (why === undefined) return call(self, args);
    const callback = args.at(-1);
    if (isFunction(callback)) process.nextTick(() => Reflect.apply(callback, undefined, [denied(why)]));
    else if (self instanceof dgram.Socket) process.nextTick(() => self.emit('error', denied(why)));
    return undefined;
  };
  const undo = [replace(dgram.Socket.prototype, 'send', guarded), replace(dgram.Socket.prototype, 'connect', guarded)];
  return () => undo.forEach((one) => one());
}

const LOOKUPS = ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCname', 'resolveMx', 'resolveNs', 'resolveSrv', 'resolveTxt'];

/** A name that nobody declared is not even looked up: DNS carries data, too. */
function guardNames(policy: GuardPolicy): () => void {
  const why = (args: unknown[]) => refusal(policy, { kind: 'name', host: typeof args[0] === 'string' ? args[0] : '' });
  const withCallback = (call: (self: unknown, args: unknown[]) => unknown) => (self: unknown, args: unknown[]) => {
    const refused = why(args);
    const callback = args.at(-1);
    if (refused === undefined || !isFunction(callback)) return call(self, args);
    process.nextTick(() => Reflect.apply(callback, undefined, [denied(refused)]));
    return undefined;
  };
  const withPromise = (call: (self: unknown, args: unknown[]) => unknown) => (self: unknown, args: unknown[]) => {
    const refused = why(args);
    return refused === undefined ? call(self, args) : Promise.reject(denied(refused));
  };
  const holders: readonly [Holder, typeof withCallback][] = [
    [dns, withCallback], [dns.Resolver.prototype, withCallback], [dns.promises, withPromise], [dns.promises.Resolver.prototype, withPromise],
  ];
  const undo = holders.flatMap(([holder, form]) => LOOKUPS.map((name) => replace(holder, name, form)));
  return () => undo.forEach((one) => one());
}

/** A child gets the guard even when its parent gives it an environment of its own: spawn, exec, execFile and fork all end here. */
function guardChildren(inherit: Readonly<Record<string, string>>): () => void {
  return replace(ChildProcess.prototype, 'spawn', (spawn) => (self, args) => {
    const options = args[0];
    if (typeof options === 'object' && options !== null && 'envPairs' in options && Array.isArray(options.envPairs)) {
      const kept: unknown[] = options.envPairs.filter((pair: unknown) => !Object.keys(inherit).some((name) => String(pair).startsWith(`${name}=`)));
      options.envPairs = [...kept, ...Object.entries(inherit).map(([name, value]) => `${name}=${value}`)];
    }
    return spawn(self, args);
  });
}

/** The calls that wait pass no `ChildProcess`: their options are found in each one's own form. */
function guardSyncChildren(inherit: Readonly<Record<string, string>>): () => void {
  const guarded = (at: (args: unknown[]) => number) => (call: (self: unknown, args: unknown[]) => unknown) => (self: unknown, args: unknown[]) => {
    const place = at(args);
    const options: unknown = args[place];
    const own = typeof options === 'object' && options !== null ? options : {};
    const env = 'env' in own && typeof own.env === 'object' && own.env !== null ? own.env : process.env;
    return call(self, [...Array.from({ length: place }, (_, i) => args[i]), { ...own, env: { ...env, ...inherit } }]);
  };
  // `(file, options)` and `(file, args, options)`; `args` may be absent.
  const afterArgs = ([, second]: unknown[]) => (typeof second === 'object' && second !== null && !Array.isArray(second) ? 1 : 2);
  const undo = [
    replace(childProcess, 'spawnSync', guarded(afterArgs)), replace(childProcess, 'execFileSync', guarded(afterArgs)), replace(childProcess, 'execSync', guarded(() => 1)),
  ];
  return () => undo.forEach((one) => one());
}

/** A thread preloads by the NODE_OPTIONS of its own environment; without one of its own it shares ours. */
function guardWorkers(inherit: Readonly<Record<string, string>>): () => void {
  const Original = workers.Worker;
  class GuardedWorker extends Original {
    constructor(file: string | URL, options: WorkerOptions = {}) {
      super(file, typeof options.env === 'object' ? { ...options, env: { ...options.env, ...inherit } } : options);
    }
  }
  Reflect.set(workers, 'Worker', GuardedWorker);
  return () => void Reflect.set(workers, 'Worker', Original);
}

function isFunction(value: unknown): value is Any {
  return typeof value === 'function';
}

function denied(message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code: DENIED });
}
