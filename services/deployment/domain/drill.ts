import { kindOf, type Journey } from './declared.ts';
import { isGuarded } from './delivery.ts';
import { partsOf } from './history.ts';

/**
 * Is it a commit of an incident drill, which a person is to take back? It says so (trailer `Drill:`), and the environment lets it.
 * Where people depend on it, or where images run, nobody plays, whatever a commit or a graph says.
 * @param before the graph of the commit's parent: no commit gives itself leave
 */
export function isDrill(message: string, before: Journey | null): boolean {
  if (before?.delivery.drills !== true || isGuarded(before.delivery) || kindOf(before) !== 'source') return false;
  return partsOf(message).trailers.some(([name]) => name === 'drill');
}
