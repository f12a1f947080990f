export const overviewTexts = {
  title: 'Overview',
  workloads: 'Workloads',
  loading: 'Asking monitoring for the workloads…',
  empty: 'Monitoring has seen no workload yet.',
  emptyNext: 'It looks at every workload every few seconds: this page fills by itself. If it does not, look at ./journey status.',
  answered: 'answered in', neverSeen: 'never seen', seen: (age: string) => `seen ${age} ago`,
  map: {
    title: 'Network', calls: 'calls', messages: 'messages',
    label: (stations: number, lines: number) => `Line map of ${stations} workloads and the ${lines} references declared between them; their health stands in the list below.`,
  },
  healthy: (healthy: number, all: number) => `${healthy} of ${all} healthy`,
} as const;

/** The golden journey's ticket. */
export const requestTexts = {
  title: 'Ask for a deployment',
  lead: 'The golden journey: one request becomes a commit, is rolled out and answers, and a mail says so. You watch all of it.',
  workload: 'Workload', environment: 'Environment', revision: 'Revision', reason: 'Reason',
  reasonHint: 'Kept in the audit record', revisionHint: 'worktree, a git revision or an image digest',
  reasonExample: 'Try the golden journey',
  submit: 'Send and watch', busy: 'Sending…',
  watch: 'See how far it got',
  revisionShape: 'worktree, 40 hexadecimal figures, or sha256: and 64 of them',
} as const;
