import { visible } from '../style.ts';
import type { Proposal } from './proposal.ts';

const WIDTH = 72;
/** What git may take for a trailer or for the end of the message (git-interpret-trailers(1)): `Key: value`, `(cherry picked …)`, `---`. */
const SPECIAL = /^(?:\s*[A-Za-z0-9-]+\s*:|\(|-{3}|#|\s)/;

/** Title, reason and trailers. Only our own trailers are trailers: in the reason, a line that looks like one stands indented. */
export function messageOf({ title, reason, trailers }: Pick<Proposal, 'title' | 'reason' | 'trailers'>): string {
  const parts = [oneLine(title), paragraphs(reason), Object.entries(trailers).map(([key, value]) => `${key}: ${oneLine(value)}`).join('\n')];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

const oneLine = (text: string): string => visible(text.toWellFormed()).replaceAll(/\s+/gu, ' ').trim();

function paragraphs(text: string): string {
  return text.toWellFormed().split(/\r\n|[\r\n\u2028\u2029]/u).flatMap((line) => wrapped(oneLine(line))).join('\n').replaceAll(/\n{3,}/g, '\n\n').trim().split('\n').map(harmless).join('\n');
}

function wrapped(line: string): string[] {
  const lines = [''];
  for (const word of line.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** After wrapping: a break could have put a key at the start of a line. */
const harmless = (line: string): string => (SPECIAL.test(line) ? `    ${line}` : line);
