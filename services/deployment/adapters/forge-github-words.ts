import { Ajv2020, type JSONSchemaType, type ValidateFunction } from 'ajv/dist/2020.js';
import { oneLine } from '../../kit/git-message.ts';
import type { CommentAnswer, ReviewAnswer } from './forge-github-answers.ts';
import { samePerson } from './forge-input.ts';
import type { Approval } from './forge-port.ts';

/**
 * What this forge keeps in texts on GitHub: the first line of a body, a comment or a review, as an HTML comment. It counts
 * only in texts that our own token wrote, and only at their very beginning; so nobody else can write one.
 */
export interface About {
  /** Of a pull request. */
  readonly key?: string;
  readonly author?: string;
  readonly base?: string;
  readonly head?: string;
  /** Of an approval or a closing. */
  readonly by?: string;
}

/** `<!-- request-journey {…} -->` and the text. */
export function withAbout(marker: string, about: About, text: string): string {
  const facts = Object.keys(about).length === 0 ? '' : ` ${JSON.stringify(about).replace(/--|[<>]/g, (found) => [...found].map((one) => `\\u00${one.charCodeAt(0).toString(16)}`).join(''))}`;
  return `<!-- ${marker}${facts} -->\n${text}`;
}

/** Takes it apart again; `null` when the first line is none. */
export function aboutOf(body: string | null | undefined): { readonly marker: string; readonly about: About; readonly text: string } | null {
  // GitHub hands texts out with the line breaks that they came in with; a person's browser sends CRLF.
  const parts = /^<!-- ([a-z][a-z0-9-]{0,40})(?: (\{[^\n]*\}))? -->\n([\s\S]*)$/.exec((body ?? '').replaceAll('\r\n', '\n'));
  if (parts === null) return null;
  const [, marker = '', facts = '{}', text = ''] = parts;
  try {
    const about: unknown = JSON.parse(facts);
    return fits(about) ? { marker, about, text } : null;
  } catch {
    return null;
  }
}

export const pullMarker = 'request-journey';
const approvalMarker = 'request-journey-approval';

/** The body of a review by which our token says who has approved. */
export function approvalText(by: string): string {
  return withAbout(approvalMarker, { by }, `Approved by \`${oneLine(by, 200).replaceAll('`', '\'')}\`, who is signed in to Request-Journey.`);
}

/**
 * Who has approved what: people who did so on GitHub, by their login there, until they ask for changes or it is dismissed;
 * and those for whom our own token (`me`) has said so. @param reviews in the order in which they were made
 */
export function approvalsOf(reviews: readonly ReviewAnswer[], me: string): readonly Approval[] {
  let found: Approval[] = [];
  for (const { user, state, body, commit_id: commit, submitted_at: at } of reviews) {
    if (user === null) continue;
    const ours = user.login === me ? aboutOf(body) : null;
    if (ours !== null && ours.marker !== approvalMarker) continue;
    const by = ours?.about.by ?? user.login;
    const approves = state === 'APPROVED' || (state === 'COMMENTED' && ours !== null);
    if (approves && commit !== null && typeof at === 'string') {
      if (!found.some((one) => samePerson(one.by, by) && one.commit === commit)) found.push({ by, at: new Date(at).toISOString(), commit });
    } else if (state === 'CHANGES_REQUESTED' || state === 'DISMISSED') {
      found = found.filter((one) => !samePerson(one.by, by));
    }
  }
  return found;
}

/** Our own comments by marker; the first of each counts. */
export function commentsOf(comments: readonly CommentAnswer[], me: string): ReadonlyMap<string, { readonly id: number; readonly text: string; readonly about: About }> {
  const found = new Map<string, { id: number; text: string; about: About }>();
  for (const { id, user, body } of comments) {
    const ours = user?.login === me ? aboutOf(body) : null;
    if (ours !== null && !found.has(ours.marker)) found.set(ours.marker, { id, text: ours.text, about: ours.about });
  }
  return found;
}

const word = { type: 'string', maxLength: 400, nullable: true } as const;
let compiled: ValidateFunction<About> | undefined;
const fits = (value: unknown): value is About => (compiled ??= new Ajv2020({ strict: true }).compile<About>({ type: 'object', additionalProperties: false, properties: { key: word, author: word, base: word, head: word, by: word } } satisfies JSONSchemaType<About>))(value);
