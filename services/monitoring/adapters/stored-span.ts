import type { OpenSpan } from '../domain/span.ts';

/** A span as its row holds it: what it does not have is null. */
export type Stored<S extends OpenSpan> = Omit<S, 'flags' | 'extras'> & { readonly [K in 'flags' | 'extras']: NonNullable<S[K]> | null };

export function spanOf<S extends OpenSpan>({ flags, extras, ...span }: Stored<S>): S {
  return { ...span, ...(flags === null ? {} : { flags }), ...(extras === null ? {} : { extras }) } as unknown as S;
}

/** No less than what they become in an answer, where names are shorter. */
export const EXTRAS_BYTES = 'coalesce(octet_length(extras::text), 0)';
