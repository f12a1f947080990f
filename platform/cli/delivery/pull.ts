import { CliError, exit } from '../command.ts';
import { call } from '../journey/call.ts';
import type { Caller } from '../journey/gateway.ts';
import { routes, type Pull, type PullPage } from './routes.ts';

/** `3` and `#3` are one. @throws {CliError} exit 2 */
export function numberOf(typed: string, command: string): number {
  const number = /^#?([1-9]\d{0,8})$/.exec(typed)?.[1];
  if (number !== undefined) return Number(number);
  throw new CliError(exit.usage, { what: `"${typed}" is no number of a pull request.`, why: 'They count from 1 on.', fix: `\`./journey pulls\` lists them; then \`./journey ${command} 1\`.` });
}

/** How many approvals count: which ones do, the service says. */
export function approvalsIn({ approvals }: Pull): number {
  return approvals.filter(({ counts }) => counts).length;
}

/** @throws {CliError} exit 1 when there is none of that number */
export async function readPull(caller: Caller, number: number): Promise<PullPage> {
  return (await call(caller, routes.readPull, `Pull request ${number} cannot be read.`, { params: { number: String(number) } })).body;
}
