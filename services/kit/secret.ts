import { inspect } from 'node:util';
import type { Secret } from './contract.ts';

const MASK = '[secret]';

/** The value is kept in a private field: no logger, serializer or debugger-like walk over properties finds it. */
class Hidden implements Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return MASK;
  }
  toJSON(): string {
    return MASK;
  }
  [Symbol.toPrimitive](): string {
    return MASK;
  }
  [inspect.custom](): string {
    return MASK;
  }
}

/** Wraps a value so that it prints as `[secret]`; only `reveal()` gives it back. */
export function secretOf(value: string): Secret {
  return new Hidden(value);
}

/** Is this one of ours (and so to be masked whatever its key is)? */
export function isSecret(value: unknown): value is Secret {
  return value instanceof Hidden;
}
