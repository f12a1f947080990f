/** Where the answer to a request is kept that is being watched: a problem, or what was said. */
export const answerKey = (traceId: string) => ['answer', traceId];
