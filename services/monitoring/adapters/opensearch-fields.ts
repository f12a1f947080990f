import { problem } from '../../kit/problem.ts';
import type { Caps } from './opensearch-answers.ts';

/** The fields of a line, as the Elastic Common Schema calls them, and which form of each can be compared as a whole. */
export interface Fields {
  readonly service: string;
  readonly level: string;
  readonly trace: string;
  readonly span: string;
  /** The forms of the message in which any part is found; undefined where the index has none. */
  readonly part: { readonly keyword: string | undefined; readonly wildcard: string | undefined } | undefined;
}
export const TIME = '@timestamp';
/** What has to be asked for before a line can be. */
export const askedFields: readonly string[] = [TIME, ...['service.name', 'log.level', 'trace.id', 'span.id'].flatMap((name) => [name, `${name}.keyword`]), 'message', 'message.*'];
const WHOLE: ReadonlySet<string> = new Set(['keyword', 'constant_keyword', 'wildcard']);

/** @throws Problem `unavailable` that says what the index lacks */
export function fieldsOf({ fields }: Caps, index: string): Fields {
  const whole = (name: string): string => {
    const found = [name, `${name}.keyword`].find((form) => hasOnly(fields[form], WHOLE));
    if (found !== undefined) return found;
    throw problem('unavailable', `The lines of the index ${index} have no field ${name} of the type keyword.`, { at: 'monitoring', fix: 'Map them as the Elastic Common Schema says: @timestamp, service.name, log.level, message, trace.id, span.id.' });
  };
  if (!hasOnly(fields[TIME], new Set(['date', 'date_nanos']))) throw problem('unavailable', `There is no index ${index}, or its lines have no time in ${TIME}.`, { at: 'monitoring', fix: 'Correct the index at the end of the URL, or map @timestamp as a date.' });
  const ofMessage = Object.keys(fields).filter((name) => name === 'message' || name.startsWith('message.'));
  const [keyword, wildcard] = ['keyword', 'wildcard'].map((type) => ofMessage.find((name) => hasOnly(fields[name], new Set([type]))));
  return {
    service: whole('service.name'), level: whole('log.level'), trace: whole('trace.id'), span: whole('span.id'),
    part: keyword === undefined && wildcard === undefined ? undefined : { keyword, wildcard },
  };
}

/** Where an attribute may stand: below `labels`, or as a field of the schema itself. */
export const formsOf = (key: string): readonly string[] => [`labels.${key}`, `labels.${key}.keyword`, key, `${key}.keyword`];
/** Those of them that hold whole values, and not the words of a text. */
export const wholeForms = (key: string, { fields }: Caps): readonly string[] => formsOf(key).filter((form) => fields[form] !== undefined && Object.keys(fields[form]).every((type) => !/text$|^object$|^nested$/.test(type)));

function hasOnly(types: Readonly<Record<string, unknown>> | undefined, wanted: ReadonlySet<string>): boolean {
  const found = Object.keys(types ?? {}).filter((type) => type !== 'unmapped');
  return found.length > 0 && found.every((type) => wanted.has(type));
}
