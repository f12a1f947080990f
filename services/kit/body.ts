import type { Request, Response } from 'express';
import { createGunzip } from 'node:zlib';
import { problem } from './problem.ts';

/** Levels of nesting that a body may have. */
export const DEEPEST = 32;
/** After refusing a body this much of its rest is read and thrown away, so that the refusal arrives; then the line is cut. */
const DRAINED = 33_554_432;

export interface BodyOptions {
  readonly maxBytes: number;
  /** Refuse U+0000 and lone surrogates in strings: PostgreSQL stores neither. Telemetry is taken as it comes. */
  readonly plainText: boolean;
}

/** Reads one JSON value, cheaply refusing what is too large, too deep or no JSON before it is parsed. @throws {Problem} */
export async function readJson(request: Request, response: Response, { maxBytes, plainText }: BodyOptions): Promise<unknown> {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/(json|[\w.-]+\+json)\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type)) {
    throw problem('unsupported_media', 'The Content-Type is not application/json.', { headers: { accept: 'application/json' } });
  }
  const bytes = await readBytes(request, response, maxBytes);
  if (isDeeperThan(bytes, DEEPEST)) throw problem('too_deep', `The body has more than ${DEEPEST} levels.`);
  const text = utf8Of(bytes);
  const value = parsed(text);
  // Only an escape can bring in what the UTF-8 decoder has not already refused.
  if (text.includes('\\u')) assertSafe(value, plainText);
  else if (text.includes('__proto__')) assertSafe(value, false);
  return value;
}

/** The bytes of a body, inflated; `response` is told to ask for them when the caller waits for that. @throws {Problem} */
export async function readBytes(request: Request, response: Response, maxBytes: number): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > maxBytes) throw tooLarge(request, maxBytes);
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip') throw problem('unsupported_media', 'The Content-Encoding is neither gzip nor identity.');
  if (request.headers.expect !== undefined) response.writeContinue();
  const inflate = encoding === 'gzip' ? createGunzip() : undefined;
  const source = inflate ? request.pipe(inflate) : request;
  const chunks: Buffer[] = [];
  let size = 0;
  return await new Promise<Buffer>((resolve, reject) => {
    const broken = () => reject(problem('bad_request', 'The body ended before it was complete.'));
    const stop = (error: Error) => {
      source.removeAllListeners('data');
      if (inflate) { request.unpipe(inflate); inflate.destroy(); }
      reject(error);
    };
    source.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) return stop(tooLarge(request, maxBytes));
      return chunks.push(chunk);
    });
    source.once('end', () => resolve(Buffer.concat(chunks)));
    inflate?.once('error', () => stop(problem('bad_request', 'The body is not gzip.')));
    request.once('error', broken);
    request.once('close', () => { if (!request.complete) broken(); });
  });
}

function tooLarge(request: Request, maxBytes: number) {
  drain(request);
  return problem('too_large', `The body is larger than ${maxBytes} bytes.`);
}

/** Closing at once would reset the connection under the answer (RFC 9112 §9.6), so the rest is read for a while. */
function drain(request: Request): void {
  let rest = 0;
  request.on('data', (chunk: Buffer) => {
    rest += chunk.length;
    if (rest > DRAINED) request.socket.destroy();
  });
  request.resume();
}

/** Counts brackets outside of strings: linear, without recursion, without allocating. */
export function isDeeperThan(bytes: Buffer, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (inString) {
      if (byte === 0x5c) i++;
      else if (byte === 0x22) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x5b || byte === 0x7b) {
      if (++depth > limit) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth--;
  }
  return false;
}

function utf8Of(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw problem('not_json', 'The body is not UTF-8.');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw problem('not_json', text === '' ? 'The body is empty.' : 'The body cannot be parsed as JSON.');
  }
}

function assertSafe(value: unknown, plainText: boolean): void {
  if (typeof value === 'string') {
    if (plainText && !isPlain(value)) throw problem('invalid_body', 'A text holds U+0000 or half of a character.');
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (key === '__proto__') throw problem('invalid_body', 'A field is named __proto__.');
      assertSafe(key, plainText);
      assertSafe(inner, plainText);
    }
  }
}

/** Text that PostgreSQL can keep. */
export function isPlain(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
