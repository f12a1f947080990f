import type { FaultKind } from '../../api/monitoring.ts';

export const faultNames: Readonly<Record<FaultKind, string>> = {
  latency: 'Latency', errors: 'Errors', slowQuery: 'Slow queries', cacheLoss: 'Lost cache', redelivery: 'Redelivery', memoryLeak: 'Memory leak', notReady: 'Not ready', refused: 'Connections refused',
};

/** Apart from those of the page of faults: every page has the banner. */
export const bannerTexts = {
  title: 'Faults',
  strong: (kind: FaultKind, strength: number, unit: string) => (unit === '' ? faultNames[kind] : `${faultNames[kind]} ${strength} ${unit}`),
  left: (seconds: number) => `${seconds} s left`, by: 'by',
  banner: 'On purpose:', bannerMore: (count: number) => `and ${count} more`, bannerLink: 'Faults',
} as const;
