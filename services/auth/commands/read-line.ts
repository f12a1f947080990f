import type { Readable, Writable } from 'node:stream';

/** Where a command reads and writes: the process, unless a test stands in for it. */
export interface Streams {
  readonly stdin: Readable;
  readonly stdout: Writable;
}

const mostBytes = 65_536;

/** The first line of a stream, at most 64 KiB, without its end. @throws Error when it is longer or empty */
export async function readLine(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const piece = Buffer.from(chunk);
    const end = piece.indexOf('\n');
    chunks.push(end === -1 ? piece : piece.subarray(0, end));
    bytes += piece.length;
    if (bytes > mostBytes) throw new Error(`The line on stdin is longer than ${String(mostBytes)} bytes.`);
    if (end !== -1) break;
  }
  const line = Buffer.concat(chunks).toString('utf8').trim();
  if (line === '') throw new Error('Nothing came on stdin; one line of JSON is expected.');
  return line;
}
