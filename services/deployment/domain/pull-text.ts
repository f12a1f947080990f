import { oneLine } from '../../kit/git-message.ts';
import type { DeploymentRequest } from './request.ts';

/** The marker of the one comment that shows the diff; a workflow of the forge may write the same one. */
export const DIFF_MARKER = 'request-journey-diff';
/** Forges cut longer texts off (GitHub: 65536 characters), and the rest of the body must fit, too. */
const MOST = 50_000;

export function pullTitle({ environment }: Pick<DeploymentRequest, 'environment'>, summary: string): string {
  return oneLine(`${environment}: ${summary}`, 200);
}

/** Why, what changes, and who asked. */
export function pullBody(request: DeploymentRequest, diffText: string): string {
  return [oneLine(request.reason, 500), '', fenced(diffText), '', ...Object.entries(trailersOf(request)).map(([key, value]) => `${key}: ${value}`), ''].join('\n');
}

/** The trailers of a proposed commit. */
export function trailersOf({ id, kind, environment, requestedBy, traceId }: DeploymentRequest): Readonly<Record<string, string>> {
  return { 'Requested-by': oneLine(requestedBy, 200) || 'unknown', Change: id, Kind: kind, Environment: environment, Journey: traceId };
}

/** The text, byte by byte, where nothing in it can be taken for markup. */
export function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const shown = text.length <= MOST ? text : `${text.slice(0, MOST)}\n… ${String(text.length - MOST)} more characters: ./journey diff shows all of it.`;
  return `${fence}text\n${shown}${shown.endsWith('\n') ? '' : '\n'}${fence}`;
}
