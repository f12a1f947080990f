import { oneLine, readable } from '../../kit/git-message.ts';
import { isCommit } from '../../kit/git-names.ts';
import { readCommit } from '../../kit/git-objects.ts';
import { problem, type Problem } from '../../kit/problem.ts';
import type { NewPull, Pull } from './forge-port.ts';

/** GitHub refuses texts of more than 65536 characters; what is longer is cut, and says so. */
export const mostText = 60_000;

/**
 * The same pull request as every forge keeps it: one line is one line, no control characters, bounded.
 * @throws Problem `invalid_body`
 */
export function asNewPull({ key, title, body, author, base, head }: NewPull): NewPull {
  // It becomes a part of a branch's name.
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,99}$/.test(key)) throw wrong('The key of a pull request has 1 to 100 letters, digits and "-".');
  return { key, title: oneLine(title, 200) || '(without a title)', body: asText(body), author: asPerson(author), base: asCommit(base), head: asCommit(head) };
}

/** Text of several lines. */
export function asText(text: string): string {
  const clean = readable(text);
  if (clean.length <= mostText) return clean;
  // Not through the middle of a character.
  const cut = clean.slice(0, mostText).replace(/[\ud800-\udbff]$/, '');
  return `${cut}\n\n… (cut: ${clean.length} characters, ${mostText} are kept)`;
}

/** A name that stands on one line. @throws Problem `invalid_body` when nothing is left of it */
export function asPerson(name: string): string {
  const person = oneLine(name, 200);
  if (person === '') throw wrong('A person has a name.');
  return person;
}

export function asCommit(commit: string): string {
  if (!isCommit(commit)) throw wrong('A commit is named by its 40 hexadecimal digits.');
  return commit;
}

/** @throws Problem `invalid_body` */
export function asMarker(marker: string): string {
  if (!/^[a-z][a-z0-9-]{0,40}$/.test(marker)) throw wrong('A marker has 1 to 41 letters, digits and "-".');
  return marker;
}

/** Is it the same person, however they wrote their name? Rather one refusal too many than somebody who approves their own. */
export function samePerson(one: string, other: string): boolean {
  const plain = (name: string) => name.normalize('NFKC').trim().toLowerCase();
  return plain(one) === plain(other);
}

/** @throws Problem `invalid_body` when `head` is no commit of this folder with `base` as its only parent */
export async function assertOnTop(folder: string, base: string, head: string): Promise<void> {
  const parents = await readCommit(folder, head).then((commit) => commit.parents, () => null);
  if (parents === null) throw wrong(`The commit ${head.slice(0, 12)} is not in the repository.`);
  if (parents.length !== 1 || parents[0] !== base) throw wrong(`The commit ${head.slice(0, 12)} does not have ${base.slice(0, 12)} as its only parent.`);
}

/** What hinders an approval. */
export function assertApprovable(pull: Pull, by: string, commit: string): void {
  if (pull.state !== 'open') throw conflict(pull.number, `is ${pull.state}`);
  if (samePerson(pull.author, by)) throw problem('forbidden', `Nobody approves their own: #${pull.number} is by ${pull.author}.`, { fix: 'Ask a second person to approve it.' });
  assertHead(pull, commit);
}

export function assertHead(pull: Pull, commit: string): void {
  if (pull.head !== commit) throw conflict(pull.number, `is at ${pull.head.slice(0, 12)} now, not at ${commit.slice(0, 12)}`, 'Look at what has changed, then try again.');
}

export function assertMergeable(pull: Pull, commit: string, main: string | null): void {
  if (pull.state === 'closed') throw conflict(pull.number, 'is closed');
  assertHead(pull, commit);
  if (pull.state === 'open' && main !== pull.base) throw conflict(pull.number, `was made on ${pull.base.slice(0, 12)}, and main is at ${main?.slice(0, 12) ?? 'nothing'} now`, 'It is made anew on the new main; look at it and approve it again.');
}

export function conflict(number: number, why: string, fix?: string): Problem {
  return problem('conflict', `The pull request #${number} ${why}.`, fix === undefined ? {} : { fix });
}

export function unknownPull(number: number): Problem {
  return problem('not_found', `There is no pull request #${number}.`, { fix: 'GET /v1/pulls lists them.' });
}

function wrong(detail: string): Problem {
  return problem('invalid_body', detail);
}
