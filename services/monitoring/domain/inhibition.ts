export interface Inhibiting {
  readonly fingerprint: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The fingerprints of what makes this alert not worth telling. A workload that is gone explains all else of it; a page makes the ticket of the same thing idle. */
export function inhibitedBy(alert: Inhibiting, firing: readonly Inhibiting[]): readonly string[] {
  return firing.filter((other) => other.fingerprint !== alert.fingerprint && inhibits(other.labels, alert.labels)).map(({ fingerprint }) => fingerprint);
}

type Labels = Inhibiting['labels'];
function inhibits(source: Labels, target: Labels): boolean {
  if (source['test'] === 'true' || target['test'] === 'true' || source['workload'] !== target['workload'] || source['environment'] !== target['environment']) return false;
  if (source['indicator'] === 'presence') return target['indicator'] !== 'presence';
  return source['severity'] === 'page' && target['severity'] === 'ticket' && source['indicator'] === target['indicator'] && (source['route'] ?? '') === (target['route'] ?? '');
}
