export const historyTexts = {
  title: 'History', lead: 'Everything that was merged to main, newest first: who, why, and who approved.',
  loading: 'Reading main…', empty: 'Nothing was merged yet.', emptyNext: 'main is as ./journey up pushed it. The first merged pull request appears here.',
  nothing: 'Nothing matches.', filter: 'Show', environment: 'Environment', workload: 'Workload', any: 'all',
  older: 'Show older', olderBusy: 'Reading…',
  approvedBy: 'approved by', nobody: 'needed no approval', askedBy: 'asked by', pull: (number: number) => `#${number}`, pullSaid: (number: number) => `Pull request #${number}`, journey: 'Journey', journeySaid: (trace: string) => `Journey ${trace}`,
  takenBack: 'Taken back', inCommit: 'in commit', undoes: 'Takes back',
  mark: 'Compare', markSaid: (title: string, commit: string) => `Compare: ${title} (${commit})`,
  markNone: 'Mark two points to see what lies between them.', markOne: 'Mark one more point.', compareTitle: 'Between two points', from: 'From', to: 'To', clear: 'Unmark', back: 'Back to the list',
  rollback: 'Roll back', rollbackSaid: (title: string) => `Roll back: ${title}`,
} as const;

export const holdTexts = {
  title: 'Held', lead: 'Taken back, and not to be promoted again.', loading: 'Asking what is held…', none: 'Nothing is held.',
  by: 'by', lift: 'Lift', liftSaid: (subject: string, environment: string) => `Lift the hold on ${subject} in ${environment}`, onlyAdmin: 'An admin can lift it.',
} as const;
