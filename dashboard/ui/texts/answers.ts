/** What is said of an answer that did not come, or came otherwise than promised. Loaded with every page: problems as they stand, no letter more. */
export const unreachable = {
  title: 'The dashboard does not answer', status: 0, code: 'unreachable', at: 'dashboard',
  detail: 'It stopped, or the connection is gone.', fix: 'Look at ./journey status.',
};
export const unexpected = (route: string, status: number) => ({
  title: 'The answer is not what the contract says', code: 'unexpected_answer', detail: `${route} answered ${status} in a form that its contract does not know.`,
  fix: 'The page and the services are of different releases: reload, or look at ./journey status.',
});
export const untitled = (status: number) => `The answer was ${status}`;
export const silent = 'The answer said nothing more.';
