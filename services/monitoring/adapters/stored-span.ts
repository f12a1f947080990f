import type { Extras, OpenSpan } from '../domain/span.ts';

/** As a row holds them: what a span does not have is null. */
interface Columns { readonly flags: number | null; readonly extras: Extras | null }
export type Stored<S extends OpenSpan> = Omit<S, 'flags' | 'extras'> & Columns;

export function restOf({ flags, extras }: Columns): Pick<OpenSpan, 'flags' | 'extras'> {
  return { ...(flags === null ? {} : { flags }), ...(extras === null ? {} : { extras }) };
}

/** No less than what they become in an answer, where names are shorter. */
export const EXTRAS_BYTES = 'coalesce(octet_length(extras::text), 0)';
