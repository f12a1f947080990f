import { misfitsIn } from '../../api/misfits.ts';
import type { Operation } from '../../api/openapi.ts';
import type { Wanted } from '../../api/send.ts';
import { misfitTexts } from '../../ui/texts/misfits.ts';
import { fieldsOf, type Field } from './fields.ts';

/** What stands in the form, by the keys of its fields; `body` is the whole body as JSON. */
export type Values = Readonly<Record<string, string>>;
export interface Draft {
  readonly wanted: Wanted;
  /** By field: what is not right yet. */
  readonly faults: Readonly<Record<string, string>>;
}

/** A request from what was filled in. What is optional and empty is left out. */
export function draftOf(operation: Operation, values: Values): Draft {
  const fields = fieldsOf(operation);
  const faults: Record<string, string> = {};
  const read = (field: Field): unknown => {
    const text = values[field.key] ?? '';
    if (text === '') {
      if (field.required) faults[field.key] = misfitTexts.missing;
      return undefined;
    }
    const value = valueOf(field, text);
    const said = value === notJson ? misfitTexts.noJson : saidOf(misfitsIn(field.schema, value));
    if (said) faults[field.key] = said;
    return value === notJson ? undefined : value;
  };
  const inPlace = (place: string) => fields.filter(({ key }) => key.startsWith(`${place}.`));
  const params = new Map(inPlace('path').map((field) => [field.name, String(read(field) ?? '')]));
  const query = Object.fromEntries(inPlace('query').flatMap((field) => {
    const value = read(field);
    return value === undefined ? [] : [[field.name, String(value)]];
  }));
  return {
    wanted: {
      method: operation.method, query, body: operation.body && bodyOf(operation, inPlace('body'), values, read, faults),
      path: operation.path.replaceAll(/\{(\w+)\}/g, (whole, name: string) => encodeURIComponent(params.get(name) ?? '') || whole),
    },
    faults,
  };
}

function bodyOf({ body: schema }: Operation, fields: readonly Field[], values: Values, read: (field: Field) => unknown, faults: Record<string, string>): string {
  const whole = values['body'];
  if (whole !== undefined) {
    const value = parsed(whole);
    const said = value === notJson ? misfitTexts.noJson : saidOf(misfitsIn(schema ?? {}, value));
    if (said) faults['body'] = said;
    return whole;
  }
  const body: Record<string, unknown> = {};
  for (const field of fields) put(body, field.key.split('.').slice(1), read(field));
  return JSON.stringify(body, null, 2);
}

function put(into: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    if (value !== undefined) into[name] = value;
    return;
  }
  const inner: Record<string, unknown> = { ...Object(into[name]) };
  put(inner, rest, value);
  into[name] = inner;
}

function valueOf({ kind, schema }: Field, text: string): unknown {
  const types = [schema['type']].flat();
  switch (kind) {
    case 'json': return parsed(text);
    case 'choices': return text.split(',');
    case 'lines': return text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
    case 'choice': return types.includes('boolean') ? text === 'true' : text;
    default: return (types.includes('number') || types.includes('integer')) && /^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : text;
  }
}

const notJson = Symbol('no JSON');
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return notJson;
  }
}

function saidOf(faults: ReturnType<typeof misfitsIn>): string {
  return faults.slice(0, 3).map(({ at, said }) => (at === '' ? said : `${at.slice(1)} ${said}`)).join('; ');
}
