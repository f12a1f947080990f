/**
 * References of the model that are monitoring's own where nothing else is said, and then no edge. `./journey up` takes a URL for each (METRICS_URL …): what
 * is seen by them is declared, though the environment's graph cannot draw it.
 */
const given = /^monitoring\.(METRICS|LOGS|TRACES|ALERTS)$/;
/** @param by whose call it is: nobody else may use the name */
export const isGiven = (reference: string, by: string): boolean => by === 'monitoring' && given.test(reference);
