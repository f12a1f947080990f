import { misfitTexts as texts } from '../ui/texts/misfits.ts';
import { isRecord } from './problem.ts';

export interface Misfit {
  /** `body/reason`; empty for the whole. */
  readonly at: string;
  readonly said: string;
}
type Schema = Readonly<Record<string, unknown>>;

/**
 * What a value is not, by the JSON Schema of a contract: enough of the vocabulary to say it before a request is sent. The services check
 * with ajv, which cannot run in a page (it compiles code, and the policy of the pages refuses that).
 */
export function misfitsIn(schema: Schema, value: unknown, at = ''): readonly Misfit[] {
  const misfit = (said: string): readonly Misfit[] => [{ at, said }];
  const types = [schema['type'] ?? []].flat();
  if (types.length > 0 && !types.some((type) => isOf(type, value))) return misfit(texts.type(types.map(String)));
  const among = schema['enum'];
  if (Array.isArray(among) && !among.includes(value)) return misfit(texts.among(among));
  if (typeof value === 'string') return ofText(schema, value).flatMap(misfit);
  if (typeof value === 'number') return ofNumber(schema, value).flatMap(misfit);
  if (Array.isArray(value)) return [...ofList(schema, value).flatMap(misfit), ...value.flatMap((item, index) => (isRecord(schema['items']) ? misfitsIn(schema['items'], item, `${at}/${index}`) : []))];
  return isRecord(value) ? ofRecord(schema, value, at) : [];
}

function ofText(schema: Schema, value: string): readonly string[] {
  const { minLength, maxLength, pattern, format } = schema;
  const length = [...value].length;
  return [
    typeof minLength === 'number' && length < minLength ? (length === 0 ? texts.missing : texts.shorter(minLength)) : '',
    typeof maxLength === 'number' && length > maxLength ? texts.longer(length, maxLength) : '',
    typeof pattern === 'string' && !new RegExp(pattern, 'u').test(value) ? texts.pattern(pattern) : '',
    typeof format === 'string' && formats[format]?.test(value) === false ? texts.format(format) : '',
  ].filter(Boolean);
}

function ofNumber({ minimum, maximum }: Schema, value: number): readonly string[] {
  return [
    typeof minimum === 'number' && value < minimum ? texts.least(minimum) : '',
    typeof maximum === 'number' && value > maximum ? texts.most(maximum) : '',
  ].filter(Boolean);
}

function ofList({ minItems, maxItems, uniqueItems }: Schema, value: readonly unknown[]): readonly string[] {
  return [
    typeof minItems === 'number' && value.length < minItems ? texts.fewer(minItems) : '',
    typeof maxItems === 'number' && value.length > maxItems ? texts.more(maxItems) : '',
    uniqueItems === true && new Set(value.map((item) => JSON.stringify(item))).size < value.length ? texts.twice : '',
  ].filter(Boolean);
}

function ofRecord(schema: Schema, value: Readonly<Record<string, unknown>>, at: string): readonly Misfit[] {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'].map(String) : [];
  return [
    ...required.filter((key) => !Object.hasOwn(value, key)).map((key) => ({ at: `${at}/${key}`, said: texts.missing })),
    ...Object.entries(value).flatMap(([key, member]) => {
      const inner = Object.hasOwn(properties, key) ? properties[key] : schema['additionalProperties'];
      if (inner === false) return [{ at: `${at}/${key}`, said: texts.unasked }];
      return isRecord(inner) ? misfitsIn(inner, member, `${at}/${key}`) : [];
    }),
  ];
}

function isOf(type: unknown, value: unknown): boolean {
  switch (type) {
    case 'object': return isRecord(value);
    case 'array': return Array.isArray(value);
    case 'null': return value === null;
    case 'integer': return Number.isInteger(value);
    case 'number': return typeof value === 'number' && Number.isFinite(value);
    default: return typeof value === type;
  }
}

/** The formats that the contracts use. */
const formats: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/u,
  'date-time': /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/u,
};
