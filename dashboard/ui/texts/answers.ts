/** What is said of an answer that did not come, or came otherwise than promised. Loaded with every page. */
export const answerTexts = {
  unreachable: { title: 'The dashboard does not answer', detail: 'The request got no answer: the dashboard stopped, or the connection is gone.', fix: 'Look at ./journey status.' },
  unexpected: {
    title: 'The answer is not what the contract says', fix: 'The page and the services are of different releases: reload, or look at ./journey status.',
    detail: (route: string, status: number) => `${route} answered ${status} in a form that its contract does not know.`,
  },
  untitled: (status: number) => `The answer was ${status}`, silent: 'The answer said nothing more.',
} as const;
