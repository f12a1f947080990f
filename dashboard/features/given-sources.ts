/**
 * References of the model that lead nowhere where nothing else is said (`own:`), and then are no edge. `./journey up` takes a URL for each (METRICS_URL …): what
 * is seen by them is declared, though the environment's graph cannot draw it.
 */
const given = /^(monitoring\.(METRICS|LOGS|TRACES)|deployment\.ALERTS)$/;
/** @param by whose call it is: nobody else may use the name */
export const isGiven = (reference: string, by: string): boolean => reference.startsWith(`${by}.`) && given.test(reference);
