/**
 * References of the model that are monitoring's own where nothing else is said, and then no edge. `./journey up` takes a URL for each (METRICS_URL …): what
 * is seen by them is declared, though the environment's graph cannot draw it.
 */
const given: ReadonlySet<string> = new Set(['monitoring.METRICS', 'monitoring.LOGS', 'monitoring.TRACES', 'monitoring.ALERTS']);
/** @param by whose call it is: nobody else may use the name */
export const isGiven = (reference: string, by: string): boolean => given.has(reference) && reference.startsWith(`${by}.`);
