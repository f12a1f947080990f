import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';

/** A stream of server-sent events as a client reads it. */
export interface OpenEvents {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** All that has come so far. */
  readonly text: string;
  /** Blocks so far: events, comments and settings, each ended by an empty line. */
  readonly count: number;
  readonly ended: boolean;
  /** Resolves when the stream is over, and says how. */
  readonly end: Promise<'ended' | 'cut'>;
  /** Resolves when this many blocks have come. @throws {Error} when the stream is over before that */
  until(count: number): Promise<void>;
  leave(): void;
}

/** Asks for a stream on a connection of its own and keeps what comes. Resolves with its head. */
export async function openEvents(url: string, headers: Readonly<Record<string, string>> = {}): Promise<OpenEvents> {
  const asked = request(url, { agent: false, headers: { accept: 'text/event-stream', ...headers } });
  const answer = await new Promise<IncomingMessage>((resolve, reject) => { asked.on('response', resolve).on('error', reject).end(); });
  let text = '';
  let ended = false;
  let tell = (): void => undefined;
  const count = () => text.split('\n\n').length - 1;
  const end = new Promise<'ended' | 'cut'>((resolve) => {
    answer.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      tell();
    });
    answer.on('error', () => undefined).on('close', () => {
      ended = true;
      tell();
      resolve(answer.complete ? 'ended' : 'cut');
    });
  });
  return {
    status: answer.statusCode ?? 0, headers: answer.headers, end,
    get text() { return text; },
    get count() { return count(); },
    get ended() { return ended; },
    until: (wanted) => new Promise((resolve, reject) => {
      tell = () => {
        if (count() < wanted && !ended) return;
        tell = () => undefined;
        if (count() >= wanted) resolve();
        else reject(new Error(`The stream was over after ${count()} of ${wanted} blocks: ${text.slice(0, 500)}`));
      };
      tell();
    }),
    leave: () => { asked.destroy(); },
  };
}
