import type { ThingChange } from './compare.ts';
import type { StackChange } from './fact.ts';
import { show, type Scalar } from './leaves.ts';
import { shownText, shownValue } from './mask.ts';

const MOST_FIELDS = 60;

/** The blocks of the Terraform JSON that differ, field by field; of a new or lost one its fields are in the file. */
export function stackChanges(changes: readonly ThingChange[]): StackChange[] {
  return changes.filter(({ file }) => file.startsWith('terraform/')).map(({ kind, name, status, leaves }) => ({
    address: shownText(kind === name ? kind : `${kind}.${name}`), action: status,
    fields: leaves.slice(0, MOST_FIELDS).map(({ path, from, to }) => ({
      path: shownText(show(path)),
      ...(from === undefined ? {} : { from: shownScalar(kind, path, from) }), ...(to === undefined ? {} : { to: shownScalar(kind, path, to) }),
    })),
  }));
}

/** Numbers and booleans stay what they are, unless they are hidden. */
function shownScalar(kind: string, path: readonly string[], value: Scalar): Scalar {
  const shown = shownValue(kind, path, value);
  return shown === String(value) ? value : shown;
}
