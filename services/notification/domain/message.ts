import { oneLine } from '../../kit/git-message.ts';

/** How a request for a change has ended, as the event tells it. */
export interface EndedRequest {
  readonly id: string;
  readonly kind: string;
  readonly environment: string;
  readonly workload?: string;
  readonly revision?: string;
  readonly summary: string;
  readonly reason: string;
  readonly status: string;
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly updatedAt: string;
  readonly traceId: string;
  readonly pull?: number;
  readonly commit?: string;
  readonly outcome?: string;
  readonly evidence?: readonly string[];
}
export interface Message {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

const MOST_EVIDENCE = 20;

/**
 * The mail to the person who asked. A name that is no address (of a commit that was pushed under a plain one) is told at
 * `fallback`, where alerts go: somebody has to hear of it. `null` for a rollback that nobody asked for: what it takes back tells.
 * Whatever people and programs wrote stays text: it cannot end a line, so it can become no header.
 */
export function messageFor(request: EndedRequest, fallback: string, pages: string | null): Message | null {
  const { requestedBy, evidence = [] } = request;
  if (request.kind === 'rollback' && requestedBy === 'automatic') return null;
  const known = requestedBy.includes('@');
  const links = pages === null ? [] : [`See what happened:   ${pages}/journeys/${encodeURIComponent(request.traceId)}`, ...(request.pull === undefined ? [] : [`See what it changed: ${pages}/pulls/${request.pull}`])];
  const facts: readonly (readonly [string, string | number | undefined])[] = [
    ['Change', request.summary], ['Where', request.environment], ['Reason', request.reason], ['Asked by', requestedBy], ['Asked at', request.requestedAt], ['Ended at', request.updatedAt],
    ['Outcome', request.outcome], ['Pull', request.pull], ['Commit', request.commit], ['Request', request.id], ['Journey', request.traceId],
  ];
  return {
    to: known ? requestedBy : fallback,
    subject: oneLine(subjectOf(request), 200),
    text: [
      oneLine(known ? sentenceOf(request) : sentenceOf(request).replace(/^Your change/, 'The change'), 500), '',
      ...facts.flatMap(([key, value]) => (value === undefined ? [] : [`${`${key}:`.padEnd(10)}${oneLine(String(value), 500)}`])),
      ...(evidence.length === 0 ? [] : ['', 'What was seen:', ...evidence.slice(0, MOST_EVIDENCE).map((line) => `  ${oneLine(line, 500)}`)]),
      ...(links.length === 0 ? [] : ['', ...links]),
      '', known ? 'If it was not you, tell an admin.' : 'Who asked has no address here, so this came to where alerts go.', '',
    ].join('\n'),
  };
}

/** The subject says how it ended. */
function subjectOf(request: EndedRequest): string {
  const { status, summary, environment } = request;
  const what = `${summary} in ${environment}`;
  switch (status) {
    case 'succeeded': return answersWith(request) ?? what;
    case 'unchanged': return `already so: ${what}`;
    case 'rolledBack': return `taken back${isByItself(request) ? ' by itself' : ''}: ${what}`;
    default: return `${status}: ${what}`;
  }
}

function sentenceOf(request: EndedRequest): string {
  const { summary, environment } = request;
  switch (request.status) {
    case 'succeeded': return `Your change has arrived: ${answersWith(request) ?? `${summary} in ${environment}`}.`;
    case 'unchanged': return `Nothing had to be changed in ${environment}: ${summary} was so already.`;
    case 'rolledBack': return `Your change of ${environment} was taken back${isByItself(request) ? ', because it did not become healthy' : ''}. What it brought is held: nothing brings it again until an admin lifts that.`;
    case 'failed': return `Your change of ${environment} did not become healthy, and it could not be taken back by itself. Somebody has to.`;
    case 'refused': return `Your change of ${environment} was refused, and nothing was changed.`;
    default: return `Your change of ${environment} was closed, and nothing was changed.`;
  }
}

/** Of a release that really runs: which build answers now. */
function answersWith({ kind, workload, revision, environment, outcome }: EndedRequest): string | undefined {
  if (kind !== 'release' || workload === undefined || revision === undefined || outcome !== undefined) return undefined;
  return `${workload} now answers with ${/^[0-9a-f]{40}$/.test(revision) ? revision.slice(0, 8) : revision.slice(0, 19)} in ${environment}`;
}

const isByItself = ({ outcome = '' }: EndedRequest): boolean => outcome.startsWith('Taken back by itself');
