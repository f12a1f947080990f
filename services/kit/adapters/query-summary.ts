/**
 * A statement in few words, as a label: `SELECT spans`, `INSERT outbox`. The operation and the tables in the order of the text
 * (OpenTelemetry's database conventions, "Generating a summary of the query"), so that it holds no value and there are few of them.
 */
export function querySummary(text: string): string {
  const known = summaries.get(text);
  if (known !== undefined) return known;
  const summary = summaryOf(text);
  // Texts are constants of the program: a text beyond the bound was put together at run time and is not remembered.
  if (summaries.size < MOST) summaries.set(text, summary);
  return summary;
}
const MOST = 1000;
const summaries = new Map<string, string>();

function summaryOf(text: string): string {
  const plain = text.replace(/'(?:[^']|'')*'/g, '?').replace(/--[^\n]*/g, ' ').replace(/\bextract\s*\([^)]*\)/gi, '?').replaceAll('"', '');
  const named = new Set([...plain.matchAll(/(?:\bwith|,)\s+(?:recursive\s+)?(\w+)\s+as\s+(?:not\s+materialized\s+|materialized\s+)?\(/gi)].map(([, name]) => name?.toLowerCase()));
  // `from f(…)` is a function; `insert into t (…)` is a table.
  const tables = [...plain.matchAll(/\b(?:(?:from|join|update)\s+(?:only\s+)?(?:[a-z_][\w$-]*\.)?([a-z_][\w$]*)\b(?!\s*\()|(?:into|copy|table(?:\s+if\s+not\s+exists)?)\s+(?:[a-z_][\w$-]*\.)?([a-z_][\w$]*))/gi)]
    .map(([, read, written]) => read ?? written ?? '').flatMap((name) => (named.has(name.toLowerCase()) || WORDS.has(name.toLowerCase()) ? [] : [name.toLowerCase()]));
  return [operationOf(plain), ...new Set(tables)].slice(0, 5).join(' ').slice(0, 100);
}

const WORDS = new Set(['select', 'lateral', 'set', 'skip', 'nothing', 'of', 'values', 'unnest', 'stdin']);

/** What it does to the data: of `with gone as (delete …) select …` the first that changes anything. */
export function operationOf(text: string): string {
  const first = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'SQL';
  return first === 'WITH' ? /\b(insert\s+into|delete\s+from|update\s+\w)/i.exec(text)?.[1]?.split(/\s/)[0]?.toUpperCase() ?? 'SELECT' : first;
}
