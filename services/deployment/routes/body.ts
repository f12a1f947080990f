/** One value of a body that its schema has passed; `undefined` where it is absent. */
export function valueIn(body: unknown, key: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, key) : undefined;
}

/** A text, empty where it is absent. */
export function textIn(body: unknown, key: string): string {
  const value = valueIn(body, key);
  return typeof value === 'string' ? value : '';
}
