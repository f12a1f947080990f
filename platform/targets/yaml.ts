/** What YAML can hold of JavaScript. An entry that is `undefined` is left out. */
export type Yaml = string | number | boolean | null | readonly Yaml[] | { readonly [key: string]: Yaml | undefined };

/**
 * Writes documents as YAML 1.2 in block style, in the order of their keys, two spaces deep, with `---` between them.
 * Strings that YAML 1.1 or 1.2 would read as something else are quoted, since both are in use: the API server's
 * reader follows 1.1 in parts (`on`, `0o7`, `1_000`, `12:30`).
 *
 * Ours and not `yaml.stringify`, which takes ten times as long and alone would use up what `bench synth` allows.
 * @throws {TypeError} for what YAML cannot hold, such as `undefined` in a list, NaN or a date.
 */
export function toYaml(...documents: readonly Yaml[]): string {
  return documents.map((document) => `${block(document, '')}\n`).join('---\n');
}

/** A whole file of `synth/`. */
export const generatedYaml = (...documents: readonly Yaml[]): string =>
  `# Written by \`./journey synth\` from the model; changes made here are lost.\n${toYaml(...documents)}`;

/** The text of a value whose first line is already indented; without a newline at its end. */
function block(value: Yaml, indent: string): string {
  if (isList(value)) return value.length === 0 ? '[]' : value.map((item) => `- ${block(item, isNested(item) ? `${indent}  ` : indent)}`).join(`\n${indent}`);
  if (isMap(value)) return mapOf(value, indent);
  return scalar(value, indent);
}

function mapOf(value: { readonly [key: string]: Yaml | undefined }, indent: string): string {
  let text = '';
  const deeper = `${indent}  `;
  for (const key of Object.keys(value)) {
    const entry = value[key];
    if (entry === undefined) continue;
    if (text !== '') text += `\n${indent}`;
    text += `${isPlain(key) ? key : quoted(key)}:`;
    text += isNested(entry) ? `\n${deeper}${block(entry, deeper)}` : ` ${block(entry, indent)}`;
  }
  return text === '' ? '{}' : text;
}

/** Starts on a line of its own. */
function isNested(value: Yaml): boolean {
  if (isList(value)) return value.length > 0;
  return isMap(value) && Object.values(value).some((entry) => entry !== undefined);
}

function scalar(value: Yaml, indent: string): string {
  if (typeof value === 'string') return isPlain(value) ? value : isLiteral(value) ? literal(value, indent) : quoted(value);
  if (typeof value === 'boolean' || value === null || Number.isFinite(value)) return Object.is(value, -0) ? '-0.0' : String(value);
  throw new TypeError(`YAML cannot hold ${String(value)}.`);
}

const isList = (value: Yaml): value is readonly Yaml[] => Array.isArray(value);
function isMap(value: Yaml): value is { readonly [key: string]: Yaml | undefined } {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  throw new TypeError(`YAML cannot hold a ${value.constructor.name}.`);
}

/** Words of one space apart that start with a letter or `/`, so that no number, date or indicator is among them; and quantities. */
const PLAIN = /^(?:[A-Za-z/](?:[\w./@+=%,()<>*-]|:(?=[\w./@])| (?=[\w./@(<=*+%-]))*|\d+(?:[smh]|[KMG]i))$/;
/** What YAML 1.1 (yaml.org/type/bool, null) takes for a boolean or null. */
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
const isPlain = (text: string): boolean => PLAIN.test(text) && !(text.length < 6 && WORDS.test(text));

/** Printable lines, the first one not indented, with one newline or none at the end: what `|` and `|-` keep exactly. */
const LITERAL = /^[!-~][ -~]*(?:\n+[ -~]*[!-~])+\n?$/;
const isLiteral = (text: string): boolean => text.includes('\n') && LITERAL.test(text) && !/ \n/.test(text);

function literal(text: string, indent: string): string {
  const [mark, body] = text.endsWith('\n') ? ['|', text.slice(0, -1)] : ['|-', text];
  const deeper = `${indent}  `;
  return `${mark}\n${body.split('\n').map((line) => (line === '' ? '' : deeper + line)).join('\n')}`;
}

/** A double-quoted YAML string is a JSON string in which these must be escaped too (YAML 1.2.2, 5.1). */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
function quoted(text: string): string {
  if (text.includes('"') && ASCII.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text).replace(UNPRINTABLE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
/** Single quotes need no escapes, which keeps a query readable. */
const ASCII = /^[ -~]*$/;
