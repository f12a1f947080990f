import type { Io } from '../command.ts';
import { approvalsIn } from './pull.ts';
import type { Pull, PullPage } from './routes.ts';
import { aligned, oneLine, type Row } from './table.ts';
import { ago, short } from './words.ts';

/** A pull request in a list. */
export function pullRow({ style }: Pick<Io, 'style'>, pull: Pull): Row {
  const { number, state, author, title, openedAt, needed, mergeable } = pull;
  const paint = state === 'merged' ? style.good : state === 'closed' ? style.dim : style.warn;
  return [
    { text: `#${number}`, paint: style.bold }, { text: state === 'open' && mergeable ? 'ready' : state, paint }, author,
    needed === 0 ? '' : `${approvalsIn(pull)} of ${needed} approved`, `${ago(openedAt)} ago`, title,
  ];
}

/** All about one but its diff, as narration: what goes to stdout is the diff alone, so that it can be compared byte by byte. */
export function pullLines({ pull, checks }: PullPage): string[] {
  const { number, title, state, author, head, base, approvals, needed, adminFor, mergedBy, mergedAs, closedBy, url } = pull;
  return [
    `#${number}  ${title}`,
    ...aligned([
      ['state', state === 'merged' ? `merged by ${mergedBy ?? 'somebody'} as ${short(mergedAs ?? '')}` : state === 'closed' ? `closed by ${closedBy ?? 'somebody'}` : 'open'],
      ['author', author], ['commit', `${head}, on ${short(base)} of main`], ...(url === undefined ? [] : [['page', url]]),
      ['approved', `${approvals.length === 0 ? 'by nobody' : approvals.map((one) => approvalText(one, head)).join(', ')}; ${needed === 0 ? 'nobody must' : `${needed} must`}${adminFor === undefined ? '' : `, an admin among them for ${adminFor}`}`],
      ...checks.map(({ name, passed, running, said }) => [`${passed ? '✓' : running ? '…' : '✗'} ${name}`, running ? 'under way' : said.join(' · ')]),
      ...(state === 'open' ? pull.hindrances.map((why) => ['hindered', why]) : []),
    ], '  '),
  ].map((line) => oneLine(line));
}

function approvalText({ by, commit, counts }: Pull['approvals'][number], head: string): string {
  const notes = [...(commit === head ? [] : [short(commit)]), ...(counts ? [] : ['does not count'])];
  return `by ${by}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
}
