import { isDenied } from './denied.ts';

export const MASK = '[secret]';

/**
 * A text without the credentials that stand in it: in a URL (RFC 3986 §3.2.1), after "Bearer" or "Basic" (RFC 9110 §11.4), as a JWT, and as
 * the value of a denied key in a query or form, in JSON (also JSON within JSON) and in a line of headers. Each pattern looks at a sign a few
 * times at most, however hostile the text is: a start is a place where no other match can have begun.
 */
export function withoutCredentials(text: string): string {
  if (text.length < SHORTEST) return text;
  const plain = text.includes('://') || text.includes('eyJ') || SCHEME_END.test(text) ? withoutTokens(text) : text;
  return (plain.includes('=') || plain.includes(':')) && HINT.test(plain) ? withoutPairs(plain) : plain;
}
/** `://a@` is the shortest that is masked. */
const SHORTEST = 5;
/** Of "Bearer " and "Basic ": most texts are told apart by two signs. */
const SCHEME_END = /[rRcC]\s/;
/** A part of every denied key. */
const HINT = /auth|cookie|pass|p-?_?w-?_?d|secret|token|key|credential|connection|database|dsn|jwt|session|otp|pin|link/i;

const withoutTokens = (text: string): string => text
  .replace(/([a-z0-9+.-]:\/\/)[^\s/@]+@/gi, `$1${MASK}@`)
  .replace(/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${MASK}`)
  .replace(/(?<![\w-])([\w-]{11,})\.[\w-]+\.[\w-]*/g, (whole, head: string) => (/eyJ[\w-]{8}/.test(head) ? head.slice(0, head.indexOf('eyJ')) + MASK : whole));

const withoutPairs = (text: string): string => withoutMembers(text
  .replace(/\b((?:proxy-)?authorization|(?:set-)?cookie):[ \t]*(?!\[secret\])[^\s"'\\][^\r\n"']*/gi, `$1: ${MASK}`)
  .replace(/(?<![\w.-])([\w.-]+)=(?!\[secret\]|[$:?]\w*(?:[\s),;]|$))[^\s&"<>\\]+/g, (whole, key: string) => (isDenied(key) ? `${key}=${MASK}` : whole)));

/** Members of JSON objects, of objects as JavaScript and Python print them, and of JSON that stands escaped in a text. */
function withoutMembers(text: string): string {
  let [done, out] = [0, ''];
  MEMBER.lastIndex = 0;
  for (let found = MEMBER.exec(text); found; found = MEMBER.exec(text)) {
    const [, , key = '', quote] = found;
    const from = MEMBER.lastIndex;
    if (!isDenied(key) || text.startsWith(MASK, from)) continue;
    const to = quote === undefined ? from + (/^[^\s,}\]"'\\[{]*/.exec(text.slice(from, from + LONGEST_BARE))?.[0].length ?? 0) : endOf(text, quote, from);
    if (to === from) continue;
    out += text.slice(done, from) + MASK;
    done = MEMBER.lastIndex = to;
  }
  return done === 0 ? text : out + text.slice(done);
}
const MEMBER = /(\\{0,7}["'])([\w.-]+)\1\s{0,8}:\s{0,8}(\\{0,7}["'])?/g;
const LONGEST_BARE = 8192;

/** Where a quoted text ends: at the next quote of its kind that is not escaped further, or with the text. */
function endOf(text: string, quote: string, from: number): number {
  for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + quote.length)) if (text[at - 1] !== '\\') return at;
  return text.length;
}
