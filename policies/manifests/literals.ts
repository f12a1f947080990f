import { entriesOf, get, listOf, textOf, type Path } from '../json.ts';
import type { Manifest, Rendered } from '../rendered.ts';
import { containersOf, ofKind } from './pods.ts';

/** A text that somebody wrote into a manifest, with the name that says what it is for. */
export interface Literal { readonly on: Manifest; readonly at: Path; readonly name: string; readonly value: string }

const hooks: readonly Path[] = [['livenessProbe'], ['readinessProbe'], ['startupProbe'], ['lifecycle', 'postStart'], ['lifecycle', 'preStop']];
/** Everything that a container is told to run. */
const commands: readonly Path[] = [['command'], ['args'], ...hooks.map((path) => [...path, 'exec', 'command'])];

/** Literal env values, commands and arguments of every container. */
export function containerLiterals(rendered: Rendered): readonly Literal[] {
  return containersOf(rendered).flatMap(({ on, at, json }) => [
    ...listOf(json['env']).flatMap((entry, i): Literal[] => {
      const value = textOf(get(entry, 'value'));
      return value === undefined ? [] : [{ on, at: [...at, 'env', i, 'value'], name: textOf(get(entry, 'name')) ?? '', value }];
    }),
    ...commands.flatMap((path) => argumentsIn(on, [...at, ...path], listOf(get(json, ...path)))),
  ]);
}

/** `--password x`, `--password=x` and `PASSWORD=x` name their value. */
function argumentsIn(on: Manifest, at: Path, list: readonly unknown[]): Literal[] {
  return list.flatMap((entry, i): Literal[] => {
    const text = textOf(entry) ?? '';
    const [, own, value] = /^-{0,2}([\w.-]+)=(.*)$/s.exec(text) ?? [];
    const before = /^--?([\w.-]+)$/.exec(textOf(list[i - 1]) ?? '')?.[1];
    const name = own ?? (text.startsWith('-') ? '' : before ?? '');
    return [{ on, at: [...at, i], name, value: value ?? text }];
  });
}

/** The values of every ConfigMap. */
export function configLiterals(rendered: Rendered): readonly Literal[] {
  return ofKind('ConfigMap')(rendered).flatMap((on) => entriesOf(on.json['data']).flatMap(([name, value]): Literal[] =>
    (typeof value === 'string' ? [{ on, at: ['data', name], name, value }] : [])));
}
