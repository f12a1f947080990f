const hopsOf = (count: number): string => (count === 1 ? '1 hop' : `${count} hops`);

export const journeyMapTexts = {
  title: 'Where it went',
  standings: { ahead: 'declared, no hop', gone: 'passed', 'under-way': 'under way', failed: 'failed' },
  step: (turn: number, from: string, to: string, standing: string, hops?: number) => `${turn}. ${from} to ${to}: ${hops === undefined ? '' : `${hopsOf(hops)}, `}${standing}`,
  backing: (turn: number, from: string, to: string, standing: string, hops: number) => `${turn}. ${to}, used by ${from}: ${hopsOf(hops)}, ${standing}`,
  ahead: (from: string, to: string) => `${from} to ${to}: declared, no hop`,
  stop: (name: string, hops: number, standing: string) => `${name}: ${hopsOf(hops)}, ${standing}`,
  stopAhead: (name: string) => `${name}: no hop`,
  order: (steps: readonly string[]) => `In order: ${steps.join('; ')}.`,
  noStep: 'No hop has gone over a reference yet.',
  choose: 'Choose a line or a stop to see its hop.',
  seek: 'Show it below',
  undeclared: (count: number, environment: string) => `${hopsOf(count)} ${count === 1 ? 'is' : 'are'} not on this map: nothing in ${environment} declares ${count === 1 ? 'it' : 'them'}.`,
} as const;
