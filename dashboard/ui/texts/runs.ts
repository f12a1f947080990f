/** What can be done with a journey that is over. */
export const actTexts = {
  label: 'With this request', replay: 'Replay', busy: 'Sending…', curl: 'Copy as curl', command: 'Copy as ./journey', compare: 'Compare with another run',
  unknownBody: 'The body is not known here: write it to body.json.',
  cookie: 'JOURNEY_COOKIE: name=value of the cookie journey-session-… of this browser (developer tools, Application, Cookies).',
} as const;

export const compareTexts = {
  title: 'Compare two runs', lead: 'Hop by hop: the same service doing the same thing at the same place in both.',
  first: 'First', second: 'Second', choose: 'Choose a journey', chooseNext: 'Two of those that are offered above, or any by its trace id, as a and b in the address.',
  offered: (count: number) => (count === 1 ? '1 journey is offered.' : `The newest ${count} are offered.`), older: 'Offer older ones', busy: 'Asking…',
  loading: 'Reading both journeys…', swap: 'Swap', open: 'Open', hop: 'Hop', difference: 'Difference', whole: 'Whole journey',
  only: { a: 'only in the first', b: 'only in the second' }, same: 'All their attributes are the same.', changed: (count: number) => (count === 1 ? '1 attribute differs' : `${count} attributes differ`),
  attribute: 'Attribute', summary: (both: number, a: number, b: number) => `${both} hops in both, ${a} only in the first, ${b} only in the second.`,
  unknown: (which: string) => `${which}: no hop of this trace is known.`, absent: 'not there',
} as const;

export const momentTexts = {
  title: 'What was deployed and configured then', lead: 'Main as it was when the request started, beside what each process said of itself in its hops.',
  reading: 'Looking for main at that moment…', at: (time: string) => `Main stood here at ${time}:`,
  unknown: 'The history of main does not reach back to that moment: what was declared then is not known.',
  noPlan: (environment: string) => `${environment} is rendered as manifests: the release of each workload stands in them.`, manifests: 'The manifests at this commit',
  workload: 'Workload', declared: 'Main said', ran: 'Hops say', notReported: 'no hop in this journey', setTo: 'set to', replicas: (count: number) => (count === 1 ? '1 replica' : `${count} replicas`),
  differs: 'differs: a rollout was under way, or it drifted', knobs: 'Knobs', knobsOf: (environment: string) => `Knobs of ${environment} at this commit`, notKnown: 'Not known: settings as they were then (its API answers the newest version only).',
} as const;
