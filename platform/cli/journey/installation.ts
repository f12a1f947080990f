import { text as readAll } from 'node:stream/consumers';
import { CliError, exit, type Io } from '../command.ts';
import { personHere } from '../delivery/person-here.ts';
import { folderOf } from '../runner/folder.ts';
import { credentialsFile } from '../runner/people.ts';
import { stateFile } from '../runner/state.ts';
import { visible } from '../style.ts';
import { signIn, type Caller } from './gateway.ts';

/** A person other than the command line's own account; the password is asked for, or comes by standard input, and is never an argument. */
export interface SomebodyElse { readonly name: string; readonly fromStdin: boolean }

/** Finds the gateway of this checkout and signs in. @throws {CliError} exit 4 when nothing runs here */
export async function callerFrom(io: Io, as?: SomebodyElse): Promise<Caller> {
  const caller = { gateway: gatewayOf(io.root), token: null, signal: io.signal };
  const person = as ? await passwordOf(io, as) : ownAccount(io.root);
  return await signIn(caller, person.name, person.password);
}

function gatewayOf(root: string): URL {
  const url = stateFile(folderOf(root).state).read()?.processes.find((p) => p.name === 'gateway')?.urls['http'];
  if (url !== undefined) return new URL(url);
  throw new CliError(exit.unhealthy, { what: 'Nothing runs in this checkout.', why: 'No gateway has been started here.', fix: 'Run `./journey up` (or `./journey up --detach`) first.' });
}

function ownAccount(root: string): { readonly name: string; readonly password: string } {
  const kept = credentialsFile(folderOf(root).credentials).read();
  if (kept) return kept;
  throw new CliError(exit.failure, { what: 'The command line has no account here.', why: '.journey/credentials.json is not there.', fix: 'Run `./journey up`: it makes one. Or sign in as somebody: `--as <person> --password-stdin`.' });
}

async function passwordOf(io: Io, { name, fromStdin }: SomebodyElse): Promise<{ readonly name: string; readonly password: string }> {
  if (personHere.there) return { name, password: await personHere.askedHidden(io, `Password of ${visible(name)}: `) };
  if (!fromStdin) throw new CliError(exit.usage, { what: `No password for ${name}.`, why: 'A password on the command line could be read by others.', fix: `Send it by standard input: add \`--password-stdin\`, and pipe it in; on a terminal it is asked for.` });
  return { name, password: (await readAll(process.stdin)).replace(/\r?\n$/, '') };
}
