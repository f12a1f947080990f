import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { LogLine, Span } from '../domain/span.ts';
import { spanId, startMs, traceId } from '../test/otlp.ts';
import type { Store, Wanted } from './journey-port.ts';

/** A source, and a way to bring spans and lines there as those do who write to it. */
export interface TracesPlace {
  readonly source: Store;
  write(spans: readonly Span[], lines: readonly LogLine[]): Promise<void>;
  /** The server that it reads goes away, as in a crash. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const DOOR = 'gateway';
const nanos = (ms: number) => String(BigInt(Math.round((startMs + ms) * 1000)) * 1000n);
const spanOf = (trace: string, service: string, name: string, from: number, to: number, more: Partial<Span> = {}): Span => ({
  traceId: trace, spanId: spanId(), parentId: null, service, name, kind: 'server', startedNs: nanos(from), endedNs: nanos(to), isError: false, message: null, attributes: {}, ...more,
});

/** What every source of journeys promises, whatever it is made of. */
export function tracesSuite(start: () => Promise<TracesPlace>): void {
  let place: TracesPlace;
  const [deploy, refused, quick, looking, foreign] = [`00${traceId().slice(2)}`, traceId(), traceId(), traceId(), traceId()];
  const root = spanOf(deploy, DOOR, 'POST /v1/deployments', 0, 20.25, { attributes: { 'http.response.status_code': 202, 'http.route': '/v1/deployments' } });
  const call = spanOf(deploy, DOOR, 'POST deployment', 1.5, 19, { kind: 'client', parentId: root.spanId });
  const work = spanOf(deploy, 'deployment', 'POST /v1/deployments', 2, 18, { parentId: call.spanId, isError: true, message: 'it is frozen "100%"', attributes: { 'db.query': 'select 50%_of', 'was.late': true }, extras: { events: [{ atNs: nanos(6), name: 'retry', attributes: { tries: 2 } }], links: [{ traceId: foreign, spanId: spanId(), attributes: {} }] } });
  const mail = spanOf(deploy, 'notification', 'send', 30, 400, { kind: 'consumer', parentId: work.spanId });
  const said: LogLine = { traceId: deploy, spanId: work.spanId, service: 'deployment', level: 'warn', message: 'nothing was deployed', atNs: nanos(5), attributes: { tries: 3 } };
  const many = Array.from({ length: 30 }, (_, i) => spanOf(traceId(), DOOR, 'GET /v1/pages', 5000 + Math.floor(i / 4), 5040 + i));

  beforeAll(async () => {
    place = await start();
    await place.write([
      mail, root, call, work, spanOf(refused, DOOR, 'GET /v1/things', 100, 101, { attributes: { 'http.response.status_code': 404 } }), spanOf(quick, DOOR, 'GET /v1/things', 200, 202, { attributes: { 'http.response.status_code': 200, 'journey.traffic': 'demo' } }),
      spanOf(looking, DOOR, 'GET /v1/journeys', 300, 301), spanOf(foreign, 'auth', 'GET /v1/keys', 400, 401),
    ], [said]);
    await place.write(many, []);
  }, 60_000);
  afterAll(() => place?.stop());

  const list = (wanted: Partial<Wanted> = {}) => place.source.newest(DOOR, ['GET /v1/journeys'], { limit: 50, to: startMs + 1000, ...wanted });
  const ids = async (wanted: Partial<Wanted> = {}) => (await list(wanted)).journeys.map((one) => one.traceId);

  test('a journey has all its spans, earlier ones first, as they were sent', async () => {
    expect(await place.source.spansOf(deploy)).toEqual({ found: [root, call, work, mail], omitted: 0 });
    expect(await place.source.spansOf(deploy, { count: 2, bytes: 10_000 })).toEqual({ found: [root, call], omitted: 2 });
    expect(await place.source.spansOf(deploy, { count: 4, bytes: 1 })).toEqual({ found: [], omitted: 4 });
    expect(await place.source.logsOf(deploy, { count: 4, bytes: 1 })).toEqual({ found: [], omitted: 1 });
    expect(await place.source.logsOf(deploy)).toEqual({ found: [said], omitted: 0 });
    expect(await place.source.openSpansOf(deploy)).toEqual({ found: [], omitted: 0 });
  });

  test('of a trace that nobody has there is nothing', async () => {
    const [unknown, nothing] = [traceId(), { found: [], omitted: 0 }];
    expect([await place.source.spansOf(unknown), await place.source.openSpansOf(unknown), await place.source.logsOf(unknown)]).toEqual([nothing, nothing, nothing]);
  });

  test('the list has what came through the door, newest first, as a whole', async () => {
    expect(await list()).toEqual({
      next: null, journeys: [
        { traceId: quick, name: 'GET /v1/things', startedAt: startMs + 200, durationMs: 2, hops: 1, status: 'ok', demo: true }, { traceId: refused, name: 'GET /v1/things', startedAt: startMs + 100, durationMs: 1, hops: 1, status: 'error', demo: false },
        { traceId: deploy, name: 'POST /v1/deployments', startedAt: startMs, durationMs: 400, hops: 4, status: 'error', demo: false },
      ],
    });
  });

  test.each<[Partial<Wanted>, readonly string[]]>([
    [{ service: 'notification' }, [deploy]], [{ service: 'nobody' }, []], [{ route: 'GET /v1/things' }, [quick, refused]], [{ status: 'ok' }, [quick]], [{ status: 'error' }, [refused, deploy]],
    [{ traffic: 'demo' }, [quick]], [{ traffic: 'other' }, [refused, deploy]], [{ minMs: 2 }, [quick, deploy]], [{ minMs: 300, maxMs: 400 }, [deploy]], [{ maxMs: 1.5 }, [refused]], [{ from: startMs + 100, to: startMs + 200 }, [refused]], [{ from: startMs + 201 }, []],
    [{ text: 'frozen' }, [deploy]], [{ text: 'Frozen' }, []], [{ text: '50%_of' }, [deploy]], [{ text: '50%of' }, []], [{ text: 'nothing was' }, [deploy]], [{ text: '/v1/things' }, [quick, refused]],
    [{ route: 'GET /v1/things&service=auth' }, []], [{ route: 'GET /v1/things"', status: 'ok' }, []], [{ service: 'auth&limit=1' }, []],
  ])('of those it finds what fits %j', async (wanted, expected) => {
    expect(await ids(wanted)).toEqual(expected);
  });

  test('pages follow each other without a gap or a double, also where times are equal', async () => {
    const seen: string[] = [];
    for (let before: string | undefined; ;) {
      const page = await list({ from: startMs + 1000, to: startMs + 9000, limit: 7, ...(before === undefined ? {} : { before }) });
      seen.push(...page.journeys.map((one) => one.traceId));
      if (page.next === null) break;
      before = page.next;
    }
    expect(seen).toEqual(many.toSorted((a, b) => (BigInt(b.startedNs) > BigInt(a.startedNs) || (b.startedNs === a.startedNs && b.traceId > a.traceId) ? 1 : -1)).map((one) => one.traceId));
  });

  test('while it is away the answer is "unavailable", with what helps', async () => {
    await place.kill();
    await expect(place.source.spansOf(deploy)).rejects.toMatchObject({ code: 'unavailable', detail: expect.stringMatching(/does not answer/), fix: expect.stringMatching(/\w/) });
    await expect(list()).rejects.toMatchObject({ code: 'unavailable' });
  }, 20_000);
}
