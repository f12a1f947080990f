import type { Fault, FaultKind, FaultList } from '../../api/monitoring.ts';

export const unitOf = ({ kinds }: FaultList, kind: FaultKind): string => kinds.find((one) => one.kind === kind)?.unit ?? '';
export const secondsLeft = ({ until }: Fault, now: number): number => Math.max(0, Math.ceil((until - now) / 1000));
