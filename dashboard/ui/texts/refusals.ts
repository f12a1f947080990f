/** What the dashboard's own server says when it does not hand a request on, or has no answer to hand back. No page loads it. */
export const refusalTexts = {
  noRoute: { title: 'There is no such route', detail: (request: string) => `${request} is not a public route.`, fix: 'Use a route that a contract marks as public.' },
  elsewhere: { title: 'Another site sent this', detail: 'Requests are taken from the dashboard\'s own pages only.', fix: 'Send it from the dashboard, with x-requested-with.' },
  tooLarge: { title: 'The body is too large', detail: (path: string, bytes: number) => `${path} takes at most ${bytes} bytes.`, fix: 'Send less.' },
  late: { title: 'The gateway did not answer in time', detail: (seconds: number) => `The gateway took longer than ${seconds} s.` },
  away: { title: 'The gateway does not answer', detail: 'No connection to the gateway could be made.' },
  gatewayFix: 'Look at ./journey status and ./journey logs gateway.',
  answerTooLarge: { title: 'The answer is too large', detail: (bytes: number) => `The gateway answered with more than ${bytes} bytes.`, fix: 'Ask for less.' },
  stopping: { title: 'The dashboard is stopping', detail: 'It takes no new work.' },
} as const;
