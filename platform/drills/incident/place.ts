import { existsSync } from 'node:fs';
import { CliError, exit } from '../../cli/command.ts';
import { folderOf } from '../../cli/runner/folder.ts';
import { credentialsFile } from '../../cli/runner/people.ts';
import { stateFile } from '../../cli/runner/state.ts';
import { lettersIn } from '../letters.ts';
import { openPerson, type Person } from '../person.ts';

/** An installation that runs, as whoever looks for the cause of an incident may use it: its gateway, its processes, its mail and its git. */
export interface Place {
  /** Of the checkout that it runs from. */
  readonly root: string;
  /** The bare repository whose main says what runs. */
  readonly remote: string;
  readonly person: Person;
  /** Signs the same person in once more: `sessions` as a browser does, `tokens` as a program does. */
  signIn(by: 'sessions' | 'tokens'): Promise<{ readonly status: number; readonly body: unknown }>;
  process(workload: string): { readonly pid: number | undefined; readonly url: string };
  /** The text of every mail that holds all of these words. */
  letters(...words: readonly string[]): readonly string[];
}

/** @throws {CliError} exit 4 when nothing runs there */
export function placeAt(root: string): Place {
  const folder = folderOf(root);
  const [state, account] = [stateFile(folder.state), credentialsFile(folder.credentials).read()];
  const processes = () => state.read()?.processes ?? [];
  const gateway = processes().find(({ name }) => name === 'gateway')?.urls['http'];
  if (gateway === undefined || account === undefined) throw new CliError(exit.unhealthy, { what: 'Nothing runs in this checkout.', why: 'An incident needs something that it can happen to.', fix: 'Start it: `./journey up --detach`.' });
  if (!existsSync(folder.remote)) throw new CliError(exit.unhealthy, { what: 'Nothing here follows a main.', why: 'This folder is no git repository, so what runs is what is on disk.', fix: 'Clone the repository with git, and run `./journey up` there.' });
  return {
    root, remote: folder.remote, person: openPerson(gateway, account),
    async signIn(by) {
      const answer = await fetch(`${gateway}/v1/${by}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(account), signal: AbortSignal.timeout(10_000) });
      return { status: answer.status, body: await answer.json() };
    },
    process(workload) {
      const found = processes().find(({ name }) => name === workload);
      return { pid: found?.identity?.pid, url: found?.urls['http'] ?? '' };
    },
    letters: (...words) => lettersIn(folder.data).filter((text) => words.every((word) => text.includes(word))),
  };
}
