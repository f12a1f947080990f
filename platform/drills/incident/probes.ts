import type { Answer } from '../person.ts';
import { until } from '../until.ts';
import type { Seen } from './incident.ts';
import type { Place } from './place.ts';

/** The rule that every change of local is asked against; it has a default, so it can always be read. */
export const FREEZE = '/v1/settings/local/deployment-freeze';
const AT_ONCE = 6;
/** Longer than anybody waits for one setting. */
const LATE_MS = 3000;

/** Reads the same thing so many times, a few at once: each must be answered well, and in time. */
export async function allAnswered({ person }: Place, path: string, count: number): Promise<Seen> {
  const bad: string[] = [];
  const one = async () => {
    const started = performance.now();
    const said = await person.ask('GET', path).then(({ status }) => (status < 400 ? undefined : String(status)), () => 'no answer');
    const late = performance.now() - started > LATE_MS ? `an answer after ${Math.round((performance.now() - started) / 1000)} s` : undefined;
    const wrong = said ?? late;
    if (wrong !== undefined) bad.push(wrong);
  };
  await person.ask('GET', path);
  let left = count;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => { while ((left -= 1) >= 0) await one(); }));
  return { well: bad.length === 0, seen: `${bad.length} of ${count} went wrong${bad[0] === undefined ? '' : `, such as ${bad[0]}`}` };
}

/** The fastest of five, one after the other: a busy machine makes some slow, only the thing itself makes all slow. */
export async function fastEnough(ask: (turn: number) => Promise<unknown>, mostMs: number): Promise<Seen> {
  const times: number[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    const started = performance.now();
    await ask(turn);
    times.push(performance.now() - started);
  }
  const fastest = Math.min(...times);
  return { well: fastest <= mostMs, seen: `the fastest of five took ${Math.round(fastest)} ms` };
}

/** Writes a setting twice, reading it in between as anybody might: what is read afterwards must be what was written. */
export async function writtenIsRead(place: Place): Promise<Seen> {
  const mark = Math.round(performance.timeOrigin + performance.now());
  const write = (value: number) => patiently(() => place.person.ask('PUT', NOTE, { value: { mark: value } }));
  const read = async () => (await place.person.ask('GET', NOTE)).body['value'];
  const first = await write(mark);
  await read();
  const second = await write(mark + 1);
  const wrong = [first, second].find(({ status }) => status !== 200);
  if (wrong !== undefined) return { well: false, seen: `a setting could not be written: ${wrong.status} ${String(wrong.body['code'] ?? '')}` };
  const value = await read();
  const well = JSON.stringify(value) === JSON.stringify({ mark: mark + 1 });
  return { well, seen: well ? 'the setting that was written is read' : `${mark + 1} was written, ${JSON.stringify(value)} is read` };
}
const NOTE = '/v1/settings/local/incident-note';

/** Asks for something that is so already, and waits for the mail that says so. */
export async function mailComes(place: Place, seconds = 25): Promise<Seen> {
  const { body } = await place.person.ask('GET', '/v1/environments/local/journey');
  const release = nodesOf(body).find(({ name }) => name === 'dashboard')?.release;
  const asked = await patiently(() => place.person.ask('POST', '/v1/deployments', { workload: 'dashboard', environment: 'local', revision: release, reason: 'does the mail come?' }));
  if (asked.status !== 202) return { well: false, seen: `a request was not taken: ${asked.status} ${String(asked.body['code'] ?? '')}` };
  const id = String(asked.body['id']);
  const over = await until(60, async () => ((await place.person.ask('GET', `/v1/deployments/${id}`)).body['status'] === 'unchanged' ? true : undefined));
  if (over === undefined) return { well: false, seen: 'a request did not come to its end' };
  const came = await until(seconds, async () => place.letters(id)[0]);
  return { well: came !== undefined, seen: came === undefined ? `no mail within ${seconds} s of the end of a request` : `the mail came ${came.after.toFixed(1)} s after the end of a request` };
}

interface Node { readonly name: unknown; readonly release: unknown }
function nodesOf(body: Readonly<Record<string, unknown>>): readonly Node[] {
  const { nodes } = body;
  return Array.isArray(nodes) ? nodes.map((one: unknown) => ({ name: Reflect.get(Object(one), 'name'), release: Reflect.get(Object(one), 'release') })) : [];
}

/** Again when somebody in between was in trouble: a few tries are what a person would make, too. */
export async function patiently(ask: () => Promise<Answer>, tries = 6): Promise<Answer> {
  for (let turn = 1; ; turn += 1) {
    const answer = await ask().catch((error: unknown) => { if (turn >= tries) throw error; });
    if (answer !== undefined && (turn >= tries || (answer.status !== 429 && answer.status < 500))) return answer;
    // As the answer says (RFC 9110 §10.2.3), at least a moment.
    const seconds = Number(answer?.headers.get('retry-after') ?? 0.5);
    await new Promise<void>((resolve) => { setTimeout(resolve, Math.min(5, Math.max(0.2, seconds)) * 1000); });
  }
}
