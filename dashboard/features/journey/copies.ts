import { addressOf, headersOf } from '../../api/send.ts';
import { actTexts as said } from '../../ui/texts/runs.ts';
import type { Sent } from '../composer/sent.ts';

/** For a shell that has the cookie of this browser in JOURNEY_COOKIE: its value is never written here. */
export function asCurl(sent: Sent, origin: string): string {
  const lost = lacksBody(sent);
  const headers = Object.entries(headersOf({ body: lost ? '' : sent.body })).map(([name, value]) => `--header ${quoted(`${name}: ${value}`)}`);
  return [
    `# ${said.cookie}`,
    ...(lost ? [`# ${said.unknownBody}`] : []),
    ['curl', `--request ${sent.method}`, quoted(`${origin}/api${addressOf(sent)}`), '--cookie "$JOURNEY_COOKIE"', ...headers, ...(lost ? ['--data @body.json'] : sent.body === undefined ? [] : [`--data ${quoted(sent.body)}`])].join(' \\\n  '),
  ].join('\n');
}

/** For a shell in the checkout; the command signs in by itself. */
export function asCommand(sent: Sent): string {
  const lost = lacksBody(sent);
  return [
    ...(lost ? [`# ${said.unknownBody}`] : []),
    ['./journey send', sent.method, quoted(addressOf(sent)), ...(lost ? ['--body "$(cat body.json)"'] : sent.body === undefined ? [] : ['--body', quoted(compact(sent.body))])].join(' '),
  ].join('\n');
}

/** What a shell takes as one word, whatever stands in it (POSIX.1-2024, Shell Command Language, 2.2.2). */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function lacksBody({ method, body, whole }: Sent): boolean {
  return body === undefined && !whole && method !== 'GET' && method !== 'DELETE';
}

function compact(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body));
  } catch {
    return body;
  }
}
