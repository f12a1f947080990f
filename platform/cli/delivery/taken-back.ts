import { CliError, exit } from '../command.ts';
import { call } from '../journey/call.ts';
import type { Caller } from '../journey/gateway.ts';
import { readPull } from './pull.ts';
import { routes, type Entry } from './routes.ts';

export interface TakenBack {
  readonly entry: Entry;
  readonly environment: string;
  /** The commit that main was before. */
  readonly before: string;
}

/** Far more than anybody takes back: 200 commits each. */
const MOST_PAGES = 25;

/**
 * What a person wants to take back: some digits of a commit, or the number of its pull request.
 * @throws {CliError} exit 2 for what is none, 1 for what is not on main
 */
export async function takenBack(caller: Caller, typed: string, environment: string | undefined): Promise<TakenBack> {
  const entry = await entryOf(caller, await digitsOf(caller, typed));
  const [before] = entry.parents;
  if (before === undefined) throw notThere('The first commit of all cannot be taken back.', 'Nothing was before it.');
  return { entry, before, environment: environment ?? onlyOne(entry) };
}

async function digitsOf(caller: Caller, typed: string): Promise<string> {
  const number = /^#?([1-9]\d{0,5})$/.exec(typed)?.[1] ?? /^#([1-9]\d{0,8})$/.exec(typed)?.[1];
  if (number !== undefined) {
    const { pull } = await readPull(caller, Number(number));
    if (pull.mergedAs === undefined) throw new CliError(exit.failure, { what: `Pull request ${number} is not on main.`, why: `It is ${pull.state}.`, fix: pull.state === 'open' ? `Close it: \`./journey close ${number} --reason …\`.` : '`./journey history` lists what can be taken back.' });
    return pull.mergedAs;
  }
  if (/^[0-9a-f]{7,40}$/.test(typed)) return typed;
  throw new CliError(exit.usage, { what: `"${typed.slice(0, 100)}" is neither a commit nor a pull request.`, why: 'A commit is named by at least 7 of its digits, a pull request by its number.', fix: "`./journey history` lists commits; then `./journey rollback 1a2b3c4d --reason …`, or `./journey rollback '#3' --reason …`." });
}

async function entryOf(caller: Caller, digits: string): Promise<Entry> {
  let before: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { entries, next } = (await call(caller, routes.listHistory, 'The history cannot be read.', { query: { limit: '200', before } })).body;
    const found = entries.filter(({ commit }) => commit.startsWith(digits));
    if (found.length > 1) throw new CliError(exit.usage, { what: `${digits} stands for several commits.`, why: found.map(({ commit }) => commit).join(', '), fix: 'Write more of its digits.' });
    if (found[0] !== undefined) return found[0];
    if (next === undefined) break;
    before = next;
  }
  throw notThere(`main has no commit ${digits}.`, 'Only what main itself went through can be taken back.');
}

function onlyOne({ commit, environments }: Entry): string {
  const [first] = environments;
  if (environments.length === 1 && first !== undefined) return first;
  throw new CliError(exit.usage, {
    what: first === undefined ? 'It is not known which environment this commit changed.' : `It changed ${environments.join(', ')}.`,
    why: 'A rollback is for one environment, by whose rules it goes.', fix: `Say which: \`./journey rollback ${commit.slice(0, 8)} --environment ${first ?? 'local'} --reason …\`.`,
  });
}

const notThere = (what: string, why: string) => new CliError(exit.failure, { what, why, fix: '`./journey history` lists what can be taken back.' });
