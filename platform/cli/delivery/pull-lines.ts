import type { Io } from '../command.ts';
import type { Pull, PullPage } from './routes.ts';
import { aligned, oneLine, type Row } from './table.ts';
import { ago, short } from './words.ts';

/** A pull request in a list. */
export function pullRow({ style }: Pick<Io, 'style'>, { number, state, author, title, openedAt, approvals, needed, mergeable }: Pull): Row {
  const paint = state === 'merged' ? style.good : state === 'closed' ? style.dim : style.warn;
  return [
    { text: `#${number}`, paint: style.bold }, { text: state === 'open' && mergeable ? 'ready' : state, paint }, author,
    needed === 0 ? '' : `${new Set(approvals.map(({ by }) => by)).size} of ${needed} approved`, `${ago(openedAt)} ago`, title,
  ];
}

/** All about one but its diff, as narration: what goes to stdout is the diff alone, so that it can be compared byte by byte. */
export function pullLines({ pull, checks }: PullPage): string[] {
  const { number, title, state, author, head, base, approvals, needed, mergedBy, mergedAs, closedBy, url } = pull;
  return [
    `#${number}  ${title}`,
    ...aligned([
      ['state', state === 'merged' ? `merged by ${mergedBy ?? 'somebody'} as ${short(mergedAs ?? '')}` : state === 'closed' ? `closed by ${closedBy ?? 'somebody'}` : 'open'],
      ['author', author], ['commit', `${head}, on ${short(base)} of main`], ...(url === undefined ? [] : [['page', url]]),
      ['approved', `${approvals.length === 0 ? 'by nobody' : approvals.map(({ by, commit }) => `by ${by}${commit === head ? '' : ` (${short(commit)})`}`).join(', ')}; ${needed === 0 ? 'nobody must' : `${needed} must`}`],
      ...checks.map(({ name, passed, said }) => [`${passed ? '✓' : said.length === 0 ? '…' : '✗'} ${name}`, said.join(' · ')]),
      ...(state === 'open' ? pull.hindrances.map((why) => ['hindered', why]) : []),
    ], '  '),
  ].map((line) => oneLine(line));
}
