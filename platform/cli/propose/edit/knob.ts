import { CliError, exit } from '../../command.ts';
import { didYouMean } from '../../spelling.ts';
import type { KnobChange } from '../proposal.ts';
import { environmentPath, readEnvironment } from './environment-file.ts';
import { KNOBS_PATH, knobTypeIn, type KnobType } from './knob-types.ts';
import { literalOf } from './literal.ts';
import { replaced } from './range.ts';

/**
 * `environments/<environment>.ts` with another value of one knob: the literal's own characters change and nothing else.
 * @param knobs the text of `platform/knobs.ts`, which says what is allowed
 * @throws {CliError} exit 2, naming what is allowed
 */
export function editKnob(text: string, knobs: string, { environment, knob, value }: KnobChange): string {
  const file = readEnvironment(environment, text);
  const known = [...file.knobs.keys()];
  const [place, type] = [file.knobs.get(knob), knobTypeIn(knobs, knob)];
  if (!place || !type) {
    throw new CliError(exit.usage, {
      what: `"${environment}" has no knob "${knob}".`, why: `${place ? KNOBS_PATH : environmentPath(environment)} does not name it. It has ${known.join(', ')}.`, fix: didYouMean(knob, known) ?? 'Name one of them.',
    });
  }
  if (!isAllowed(value, type)) {
    throw new CliError(exit.usage, { what: `The knob "${knob}" cannot have this value.`, why: `${KNOBS_PATH} allows ${allowed(type)}.`, fix: `Send ${allowed(type)}.` });
  }
  return place.value === value ? text : replaced(text, [{ start: place.start, end: place.end, by: literalOf(value) }]);
}

function isAllowed(value: string | number, type: KnobType): boolean {
  if ('oneOf' in type) return type.oneOf.includes(value);
  // Minus zero is written `-0` and compares as 0: nobody means it.
  return type.any === 'string' ? typeof value === 'string' : typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0);
}

function allowed(type: KnobType): string {
  if ('oneOf' in type) return type.oneOf.map((value) => JSON.stringify(value)).join(' or ');
  return type.any === 'string' ? 'a text' : 'a finite number';
}
