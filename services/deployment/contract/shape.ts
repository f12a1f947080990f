import type { Schema } from '../../kit/contract.ts';

export const string = { type: 'string' } as const;
export const time = { type: 'string', format: 'date-time' } as const;
export const count = { type: 'integer', minimum: 0 } as const;
export const name = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,62}$' } as const;
export const commit = { type: 'string', pattern: '^[0-9a-f]{40}$' } as const;
export const release = { type: 'string', pattern: '^(worktree|[0-9a-f]{40}|sha256:[0-9a-f]{64})$' } as const;
export const reason = { type: 'string', minLength: 1, maxLength: 500 } as const;
type Properties = Readonly<Record<string, Schema>>;
export const list = <const S extends Schema>(items: S) => ({ type: 'array', items }) as const;
/** Named by `required`; everything else may be absent. Nothing besides. */
export const record = <const P extends Properties, const R extends keyof P & string>(properties: P, required: readonly R[]) =>
  ({ type: 'object', additionalProperties: false, required, properties }) as const;
export const all = <const P extends Properties>(properties: P) => record<P, keyof P & string>(properties, keysOf(properties));
export const inEnvironment = all({ environment: name });

/** `./journey diff --json`; `text` holds the bytes that the CLI prints and the pull request's comment shows. */
export const diff = { type: 'object', required: ['from', 'to', 'text', 'environments'], properties: { from: string, to: string, text: string, environments: { type: 'array' } } } as const;

/** Typed as the keys they are, so that clients know which members are there. */
function keysOf<P extends Properties>(properties: P): readonly (keyof P & string)[] {
  return Object.keys(properties).filter((key): key is keyof P & string => key in properties);
}
