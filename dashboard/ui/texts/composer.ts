export const composerTexts = {
  title: 'Send',
  lead: 'One real request through the gateway. You watch it hop by hop while it is on its way.',
  loading: 'Asking the gateway for its routes…',
  presets: 'Start with one of these',
  route: 'Route', choose: 'Choose a route', unknown: (id: string) => `The gateway has no route "${id}".`, unknownNext: 'Choose one of the list, or look at all of them.',
  allRoutes: 'All routes',
  chooseFirst: 'Choose a request.', chooseNext: 'One of the presets, or any route of the list above.',
  noFields: 'This request takes nothing else.',
  optional: 'optional', asFields: 'As fields', asJson: 'As JSON', bodyAs: 'Body',
  jsonHint: 'JSON', linesHint: 'one in each line', secretHint: 'stays out of the address', unionHint: 'figures are sent as a number',
  key: 'Idempotency-Key', keyHint: 'the same key twice is one request', newKey: 'New key',
  preview: 'What is sent',
  submit: 'Send and watch', busy: 'Sending…',
  faults: (count: number) => (count === 1 ? 'One thing is not right yet.' : `${count} things are not right yet.`),
  needs: (role: string) => `This needs the role ${role}: the services will refuse it.`,
  confirm: {
    title: (request: string) => `Send ${request}?`, lead: 'This changes something. What it does, in the words of its contract:', send: 'Yes, send it', back: 'Not now',
    where: (environment: string) => `It is about ${environment}.`,
  },
  kept: {
    token: 'It answers with a token, and a browser never holds one. Ask for it with curl.',
    session: 'The pages do this themselves: Sign in and Sign out.',
    ticket: 'The pages take a ticket with each request that is watched.',
    stream: 'It is a stream without an end; the pages that need it follow it.',
  },
  again: {
    known: 'The request of this journey, as this browser sent it.', reading: 'Reading what is known of that request…',
    body: 'Its body is not known here: no trace keeps bodies, and this browser did not send it or did not keep it. Fill it in again.',
    query: 'What stood after the “?” is not known here: no trace keeps it.',
    lost: 'Nothing is known of that request any more, or no route of the gateway answered it. Choose a route.',
  },
  answered: (request: string, status: number) => `${request} answered ${status}`, emptyAnswer: 'An empty body.', cut: (left: number) => `… ${left} more characters. ./journey send shows all of it.`,
} as const;

export const presetTexts = {
  golden: ['The golden journey', 'A deployment of configuration: commit, rollout, mail.'],
  setting: ['Read a setting', 'Cache first, then the database: send it twice.'],
  missing: ['Ask for what is not there', 'Ends with 404 and its reason, at the service that said so.'],
  fleet: ['Look at every environment', 'What runs where, and is it what main says.'],
  history: ['Read the newest changes', 'The last five, with who asked and who approved.'],
  knob: ['Ask for another rate limit', 'A pull request that turns one knob of dev.'],
} as const;

/** Reasons that presets fill in: whoever sends them may write another. */
export const presetReasons = { golden: 'Watch the golden journey', knob: 'See how a knob is turned' } as const;
