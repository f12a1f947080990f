/** How changes are asked for. */
export const changeTexts = {
  another: 'Ask for another',
  workload: 'Workload', workloads: 'Workloads',
  always: 'A change is always a commit: it becomes a pull request, is rendered and checked, and shows its diff before anything runs.',
  deploy: {
    title: (environment: string) => `Deploy a revision to ${environment}`, button: 'Deploy a revision', short: 'Deploy',
    revision: 'Revision', revisionHint: 'worktree, or 40 figures of a commit', revisionShape: 'worktree, 40 hexadecimal figures, or sha256: and 64 of them',
    latest: 'Latest commits of main', noLatest: 'main has no merged change yet.', worktree: 'the files on disk', now: 'Runs now',
  },
  scale: {
    title: (environment: string) => `Scale a workload in ${environment}`, button: 'Scale',
    replicas: 'Replicas', least: 'At least', most: 'At most', mostHint: 'the autoscaler’s upper end', now: (replicas: number) => (replicas === 1 ? 'Now 1 replica' : `Now ${replicas} replicas`),
  },
  knob: {
    title: (environment: string) => `Turn a knob of ${environment}`, button: 'Turn a knob', short: 'Knob',
    knob: 'Knob', value: 'Value', now: 'Now', number: 'a number', declared: 'Declared at', none: 'The model has no knobs.',
  },
  promote: {
    title: (from: string, to: string) => `Promote ${from} to ${to}`, button: 'Promote', all: (to: string) => `Promote to ${to}`,
    one: (workload: string, from: string, to: string) => `Promote ${workload} from ${from} to ${to}`,
    lead: 'The same digests travel; nothing is built anew.', none: 'Nothing to promote: the next environment has the same releases.',
    unbuilt: 'unbuilt: there is no image to promote', choose: 'Choose at least one workload.',
    approvals: (count: number, to: string) => (count === 0 ? `A release of ${to} needs no approval.` : `A release of ${to} needs ${count === 1 ? 'an approval' : `${count} approvals`} by somebody else.`),
    soak: (minutes: number, from: string) => `It must have run healthily in ${from} for ${minutes} minutes.`,
    closed: (to: string) => `The window of ${to} is closed now: it can be approved, and merged when it opens.`,
  },
  sync: { title: (environment: string) => `Sync ${environment} now`, button: 'Sync now', lead: 'Makes it what main says, also while automatic sync is off.', submit: 'Sync now' },
  automatic: {
    label: 'Automatic sync', on: 'on', off: 'off',
    title: (environment: string, on: boolean) => `Switch automatic sync of ${environment} ${on ? 'on' : 'off'}`,
    leadOff: 'Commits of main wait, and what was changed by hand stays, until somebody syncs. A process that ends is still started again.', leadOn: 'What main says is rolled out at once, and drift is healed.',
    submit: (on: boolean) => (on ? 'Switch on' : 'Switch off'),
  },
} as const;
