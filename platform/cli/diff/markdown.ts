import { visible } from '../style.ts';

/** Separators and marks that nobody sees, besides those that `visible` knows. */
const UNSEEN = new RegExp(`[${[[0x20_0B, 0x20_0F], [0x20_28, 0x20_29], [0x20_60, 0x20_64], [0xFE_FF, 0xFE_FF], [0xE_00_00, 0xE_00_7F], [0xD8_00, 0xDF_FF]].map((r) => r.map((c) => `\\u{${c.toString(16)}}`).join('-')).join('')}]`, 'gu');
/** A word that Markdown, HTML and GitHub leave alone: no mention, no link, no emphasis, no number of an issue. */
const PLAIN = /^[\w.,:;()%→–…'"/+=-]+$/;
const LINKED = /^\W*(?:www\.|https?:|gh-\d)|:\/\/|^_|_$|__/i;

/** Text of somebody else's as it may be shown: whatever would not be seen is written out. */
export const seen = (text: string): string => visible(text).replaceAll('\t', '\\t').replaceAll(UNSEEN, (c) => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);

/** A value in a span that nothing in it can end. */
export function code(value: string): string {
  const text = seen(value);
  if (text === '') return '`""`';
  const fence = '`'.repeat(longestRun(text) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') || /^ .* $/.test(text) ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

/** A sentence: words that Markdown would read as something else stand in code. */
export function sentence(text: string): string {
  return seen(text).split(/( +)/).map((word, index) => (/^ *$/.test(word) || (PLAIN.test(word) && !LINKED.test(word) && (index > 0 || /^[\w(]/.test(word))) ? word : code(word))).join('');
}

/** A block that nothing in it can end. */
export function fenced(language: string, text: string): string {
  const lines = text.replace(/\n$/, '').split('\n').map((line) => seen(line.replaceAll('\t', '  ')));
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${lines.join('\n')}\n${fence}`;
}

/** Something to open; its title is text, or a path that stands in `<code>`. */
export function folded(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}
/** In `<code>` GitHub finds no mention and no link. */
export const htmlCode = (text: string): string => `<code>${seen(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')}</code>`;

const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
