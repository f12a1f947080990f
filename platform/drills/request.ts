import type { Person } from './person.ts';
import { until } from './until.ts';

export type Request = Readonly<Record<string, unknown>>;
const ENDED = ['succeeded', 'unchanged', 'refused', 'closed', 'failed', 'rolledBack'];

/** Asks for a release and answers the request. @throws {Error} when it is not taken */
export async function deploy(person: Person, workload: string, revision: string, reason: string): Promise<Request> {
  const answer = await person.ask('POST', '/v1/deployments', { workload, environment: 'local', revision, reason });
  if (answer.status !== 202) throw new Error(`the release was not taken: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** The request when it is as wanted; undefined when it did not become so in time. */
export async function requestWhen(person: Person, id: unknown, seconds: number, is: (request: Request) => boolean): Promise<{ readonly seen: Request; readonly after: number } | undefined> {
  return until(seconds, async () => {
    const { body } = await person.ask('GET', `/v1/deployments/${String(id)}`);
    return is(body) ? body : undefined;
  });
}
/** What failed and is being taken back has not ended yet. */
export const ended = (request: Request): boolean => ENDED.includes(String(request['status'])) && !String(request['outcome'] ?? '').includes('is being taken back');
export const merged = (request: Request): boolean => request['commit'] !== undefined || ended(request);

/** The release that a workload itself says it is, on the page that every service has. */
export async function answersWith(url: string): Promise<string> {
  const answer = await fetch(`${url}/openapi.json`, { signal: AbortSignal.timeout(3000) });
  const body = (await answer.json()) as { readonly info?: { readonly version?: string } };
  return body.info?.version ?? '';
}
