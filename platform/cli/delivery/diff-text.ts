import { CliError, exit, type Io } from '../command.ts';
import { call } from '../journey/call.ts';
import type { Caller } from '../journey/gateway.ts';
import { visible } from '../style.ts';
import { routes, type Diff } from './routes.ts';

const TRIES = 4;

/** The semantic diff between two commits. The service goes on with what it could not answer in time, and keeps it: so it is asked again. */
export async function readDiff(caller: Caller, query: { readonly from: string; readonly to: string; readonly environment?: string }): Promise<Diff> {
  for (let tried = 1; ; tried += 1) {
    try {
      return (await call(caller, routes.readDiff, 'What it changes cannot be read.', { query })).body;
    } catch (error) {
      if (!(error instanceof CliError) || error.code !== exit.unhealthy || tried === TRIES) throw error;
    }
  }
}

/** The bytes that the API gave. They hold nothing that would steer a terminal (platform/cli/diff/markdown.ts); what did would be written out. */
export function printDiff(io: Io, text: string): void {
  if (text === '') return io.tell('Nobody knows what it changes.');
  for (const line of text.replace(/\n$/, '').split('\n')) io.print(visible(line));
}

/** Steps of a journey that a diff changes: workloads, and references such as `gateway.AUTH_URL`. Each once, sorted. */
export function hopsOf({ environments }: Diff): readonly string[] {
  const facts = environments.flatMap((environment) => listIn(environment, 'facts'));
  return [...new Set(facts.flatMap((fact) => listIn(fact, 'hops')).filter((hop) => typeof hop === 'string'))].toSorted();
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const list: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  return Array.isArray(list) ? list : [];
}
