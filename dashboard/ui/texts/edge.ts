/** What is said of one edge, once it is opened. */
export const edgeTexts = {
  undeclaredWhy: 'This call went around the kit: no reference of the model allows it.',
  undeclaredFix: 'Declare a reference in the workload\'s file below platform/workloads/, or remove the call.',
  givenWhy: (reference: string) => `${reference} is a reference of the model. Here it leads to no server by itself, and ./journey up was given the URL of one: the map has no station for that.`,
  calleeOnly: 'Counted by who was called; durations are measured by callers only.',
  close: 'Close', lastSeen: 'Last seen', never: 'Not in this range', requests: 'Requests', model: 'Open in the model',
  pageKeys: 'Pages hold no key: the gateway sees these calls without a reference, and the model declares them as dashboard.GATEWAY_URL.',
} as const;
