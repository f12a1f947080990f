/** One workload in one environment, in two lines. */
export const cellTexts = {
  replicas: (ready: number, replicas: number) => `${ready}/${replicas}`, replicasSaid: (ready: number, replicas: number) => `${ready} of ${replicas} replicas ready`,
  rollingOut: (release: string) => `Rolling out ${release}`,
  unwatched: 'not watched', unbuilt: 'unbuilt',
  driftCount: (count: number) => (count === 1 ? '1 field drifted' : `${count} fields drifted`),
} as const;
