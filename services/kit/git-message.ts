/** What goes into a commit message. All of it may come from a stranger. */
export interface Message {
  /** One line. */
  readonly title: string;
  readonly body?: string;
  /** `Requested-by` → who. Empty values are left out. */
  readonly trailers: Readonly<Record<string, string>>;
}

/**
 * Title, body, and the trailers as the last paragraph (git-interpret-trailers(1)). Text of a person cannot add a trailer:
 * only the last paragraph counts, and it is ours; a trailer's value stays on its line. Without a trailer, a body that ends
 * like some is closed by a line of its own.
 */
export function messageOf({ title, body = '', trailers }: Message): string {
  const ours = Object.entries(trailers).map(([key, value]) => [key, oneLine(value, 500)] as const).filter(([key, value]) => KEY.test(key) && value !== '');
  const text = readable(body).trim();
  const paragraphs = [oneLine(title, 200) || '(without a title)', ...(text === '' ? [] : [text])];
  if (ours.length > 0) paragraphs.push(ours.map(([key, value]) => `${key}: ${value}`).join('\n'));
  else if (text !== '' && Object.keys(trailersOf(`-\n\n${text}\n`)).length > 0) paragraphs.push('(no trailers)');
  return `${paragraphs.join('\n\n')}\n`;
}

/** The trailers of the last paragraph; of a key that stands there twice, all values, joined by `, `. The first paragraph is the title. */
export function trailersOf(message: string): Readonly<Record<string, string>> {
  const paragraphs = message.replace(/\r\n/g, '\n').trim().split(/\n(?:[ \t]*\n)+/);
  const lines = paragraphs.length < 2 ? [] : (paragraphs.at(-1) ?? '').split('\n');
  const found: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const line of lines) {
    const [, key, value] = /^([A-Za-z][A-Za-z0-9-]{0,63}): (.*)$/.exec(line) ?? [];
    if (key === undefined || value === undefined) return {};
    found[key] = found[key] === undefined ? value.trim() : `${found[key]}, ${value.trim()}`;
  }
  return { ...found };
}

/** Line breaks of every kind and control characters become blanks. @param most characters */
export function oneLine(text: string, most: number): string {
  const flat = text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').replace(/ {2,}/g, ' ').trim();
  return [...flat].slice(0, most).join('');
}

/** Without control characters (line breaks and tabs stay), halves of characters and marks that turn the direction of reading (Trojan Source, CVE-2021-42574). */
export function readable(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, (one) => one === '\n' || one === '\t' ? one : ' ');
}

const KEY = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;
