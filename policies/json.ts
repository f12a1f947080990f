/** Keys and indexes from an object down to a value: `['spec', 'containers', 0, 'image']`. */
export type Path = readonly (string | number)[];
export type Json = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
/** A list's entries; nothing where it is not a list. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** A list's texts, or the text itself where one stands alone (AWS writes both). */
export const textsOf = (value: unknown): readonly string[] => (typeof value === 'string' ? [value] : listOf(value).filter((v) => typeof v === 'string'));
/** An object's own entries; nothing where it is not an object. */
export const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] => (isRecord(value) ? Object.entries(value) : []);

/** The value below `path`, or undefined; never reaches into a prototype. */
export function get(value: unknown, ...path: Path): unknown {
  return path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined), value);
}

/** `spec.template.spec.containers[0].image`; a key that is no plain word stands in brackets and quotes. */
export function show(path: Path): string {
  return path.reduce<string>((shown, key) => {
    if (typeof key === 'number') return `${shown}[${key}]`;
    if (/^[A-Za-z_$][\w$-]*$/.test(key)) return shown === '' ? key : `${shown}.${key}`;
    return `${shown}[${JSON.stringify(key)}]`;
  }, '');
}

/** The path that a JSON pointer (RFC 6901) names. */
export function pointer(text: string): Path {
  return text.split('/').slice(1).map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));
}

/** Is every entry of `wanted` in `value`? What a label selector asks. */
export const includes = (value: unknown, wanted: unknown): boolean => entriesOf(wanted).every(([key, v]) => get(value, key) === v);
