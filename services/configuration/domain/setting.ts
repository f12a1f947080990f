/** Which setting: of an environment, by name. */
export interface SettingName {
  readonly environment: string;
  readonly name: string;
}
export type Value = Readonly<Record<string, unknown>>;
/** A value and how often it has been written; version 0 is the default that nobody wrote. */
export interface Version {
  readonly value: Value;
  readonly version: number;
}
export interface Setting extends SettingName, Version {
  readonly source: 'cache' | 'database' | 'default';
}

/** What is wrong with a value: where in it, and what. */
export interface Wrong {
  readonly path: string;
  readonly message: string;
}
interface Known {
  readonly byDefault: Value;
  wrong(value: Value): readonly Wrong[];
}

/** Settings that other services read: their values are checked, and they have one before anybody wrote it. Others hold any object. */
const known: ReadonlyMap<string, Known> = new Map([
  ['deployment-freeze', { byDefault: { frozen: false, reason: '' }, wrong: wrongFreeze }],
]);

export function defaultOf(name: string): Value | undefined {
  return known.get(name)?.byDefault;
}

export function wrongIn(name: string, value: Value): readonly Wrong[] {
  return known.get(name)?.wrong(value) ?? [];
}

/** While an environment is frozen nobody may ask for a deployment to it; the reason is what they are told. */
function wrongFreeze(value: Value): readonly Wrong[] {
  const wrong: Wrong[] = [];
  const { frozen, reason, ...rest } = value;
  if (typeof frozen !== 'boolean') wrong.push({ path: '/value/frozen', message: 'must be true or false' });
  if (typeof reason !== 'string' || reason.length > 500) wrong.push({ path: '/value/reason', message: 'must be a text of at most 500 characters' });
  else if (frozen === true && reason.trim() === '') wrong.push({ path: '/value/reason', message: 'must say why the environment is frozen' });
  for (const key of Object.keys(rest)) wrong.push({ path: '/value', message: `must not have the field ${JSON.stringify(key.slice(0, 60))}` });
  return wrong;
}
