import { keepAt, keptAt } from './tour-state.ts';

const key = 'journey-words';

/** Whether the few words were not put away yet. Where nothing is kept nobody is bothered. */
export const wantsWords = (): boolean => keptAt(key) === null;

/** For good. */
export const endWords = (): void => keepAt(key, 'over');
