import { createHash } from 'node:crypto';
import type { DrillRun } from '../drill.ts';
import type { Site } from '../site.ts';

/** What one pull request is, as the API says it. */
export interface PullPage {
  readonly pull: { readonly base: string; readonly head: string; readonly state: string; readonly mergedAs?: string };
  readonly diff: { readonly text: string };
}

export async function pullPage(site: Site, number: string): Promise<PullPage> {
  const { status, body } = await site.operator.ask('GET', `/v1/pulls/${number}`);
  const { pull, diff } = body as unknown as PullPage;
  if (status !== 200) throw new Error(`pull request ${number} cannot be read: ${status} ${JSON.stringify(body)}`);
  return { pull, diff };
}

/** Everywhere that one diff is shown, except in a browser: the same bytes everywhere. @returns them */
export async function sameEverywhere({ site, check }: DrillRun, what: string, number: string): Promise<string> {
  const { pull, diff } = await pullPage(site, number);
  const record = JSON.parse(site.git('--git-dir', `${site.folder}/.journey/remote.git`, 'show', `refs/pulls/${number}/record:record.json`)) as { readonly body: string; readonly comments: Readonly<Record<string, string>> };
  const texts: Readonly<Record<string, string | undefined>> = {
    'the API': diff.text,
    './journey pull': (await site.journey(['pull', number])).out,
    './journey diff': (await site.journey(['diff', `${pull.base}..${pull.head}`, '--repository', '.journey/remote.git'])).out,
    "the pull request's text": unfenced(record.body),
    "the pull request's comment": unfenced(record.comments['request-journey-diff'] ?? ''),
  };
  const others = Object.entries(texts).filter(([, text]) => text !== diff.text).map(([where]) => where);
  check(`${what}: one diff in ${Object.keys(texts).join(', ')}, byte by byte`, others.length === 0 && diff.text.includes('rateLimit'), others.length === 0 ? `${Buffer.byteLength(diff.text)} bytes, sha256 ${sha256(diff.text).slice(0, 12)}` : `otherwise in ${others.join(', ')}`);
  return diff.text;
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What stands in the first fenced block of a Markdown text (CommonMark §4.5), as a forge would show it. */
export function unfenced(markdown: string): string | undefined {
  return /^(`{3,})text\n([\s\S]*?\n)\1$/m.exec(markdown)?.[2];
}
