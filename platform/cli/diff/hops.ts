import { edgesOf, type Cause, type Sides } from './cause.ts';

/** Changes that a request does not notice. */
const UNNOTICED = ['delivery', 'objective', 'alert', 'contract', 'file'];

/**
 * The steps of a journey that one cause changes: what the workload does itself (its name), and every call to it and from
 * it (`gateway.AUTH_URL`). Telemetry, keys and scraping are no steps, unless the change is about them.
 */
export function hopsOf(cause: Cause, sides: Sides): string[] {
  if (UNNOTICED.includes(cause.kind) && cause.subject.startsWith('source/') === false) return [...(cause.hops ?? [])];
  const edges = edgesOf(sides).filter(({ kind }) => kind !== 'standard');
  // A reference changes one call; everything else may change all that its workload takes part in.
  const about = cause.kind === 'reference' ? [] : reachedBy(cause, sides);
  const steps = about.filter((name) => (sides.after.nodes.get(name) ?? sides.before.nodes.get(name))?.kind === 'workload');
  const calls = edges.filter(({ from, to }) => about.includes(from) || about.includes(to)).map(({ reference }) => reference);
  return [...new Set([...steps, ...calls, ...(cause.hops ?? [])])].toSorted();
}

/** A knob is about every workload that it is bound to. */
function reachedBy({ kind, subject, workload }: Cause, { knobOf }: Sides): string[] {
  if (kind === 'knob') return [...new Set([...knobOf].flatMap(([variable, knob]) => (`knob/${knob}` === subject ? [variable.slice(0, variable.indexOf('.'))] : [])))];
  return workload === undefined ? [] : [workload];
}
