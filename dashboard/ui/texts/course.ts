/** How far a change got, and how it ended. */
export const courseTexts = {
  stops: { requested: 'Asked', proposed: 'Pull request', merged: 'On main', succeeded: 'Answering' },
  /** What stands at the stop where a change ended otherwise than asked. */
  ended: { unchanged: 'Nothing to change', refused: 'Refused', closed: 'Closed', failed: 'Failed', rolledBack: 'Rolled back' },
  status: {
    requested: 'Being rendered and checked',
    proposed: 'Waits as a pull request',
    merged: 'Merged, being rolled out',
    succeeded: 'It is what answers now',
    unchanged: 'It was there already',
    refused: 'Refused before it became a pull request',
    closed: 'The pull request was closed without merging',
    failed: 'It did not come about',
    rolledBack: 'It was taken back',
  },
  /** Where nobody saw it answer; the outcome says why. */
  onMain: 'It is on main',
  kind: { release: 'Release', knob: 'Knob', scale: 'Scale', promotion: 'Promotion', rollback: 'Rollback' },
  /** Argo CD has no word for it: a workload's answer is what counts. */
  answers: (workload: string, release: string) => `${workload} answers with ${release}`,
  track: 'How far the change got',
  evidence: 'What was seen',
  openPull: (number: number) => `Open pull request #${number}`,
  openJourney: 'Watch its journey',
} as const;
