import { CliError, exit } from '../command.ts';
import { call } from '../journey/call.ts';
import type { Caller } from '../journey/gateway.ts';
import { textOf, type Options } from './options.ts';
import { readPull } from './pull.ts';
import { routes, type Pull } from './routes.ts';

export const commitOption = { flags: '--commit <commit>', about: 'the commit that you have looked at; refused when it is another one by now (default: the newest)' } as const;

const said = { approve: 'is not approved', merge: 'is not merged' } as const;

/** Approves or merges the commit that a person has looked at. @throws {CliError} with all that hinders it */
export async function decide(caller: Caller, what: 'approve' | 'merge', number: number, options: Options): Promise<Pull> {
  const { pull } = await readPull(caller, number);
  const looked = textOf(options, 'commit');
  if (looked !== undefined && (!/^[0-9a-f]{7,40}$/.test(looked) || !pull.head.startsWith(looked))) {
    throw new CliError(exit.failure, { what: `Pull request ${number} ${said[what]}.`, why: `It is ${pull.head} now, not ${looked}.`, fix: `Look at it again: \`./journey pull ${number}\`.` });
  }
  return (await call(caller, routes[what], `Pull request ${number} ${said[what]}.`, { params: { number: String(number) }, body: { commit: pull.head } })).body;
}
