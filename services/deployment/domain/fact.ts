import type { Change, Fact } from './proposal.ts';

/** Facts that can be held: `worktree` and `unbuilt` name no build, what is absent is no value, and nobody can ask for a longer one (contract/changes.ts). */
export function holdable(facts: readonly Fact[]): readonly Fact[] {
  return facts.filter(({ to }) => to !== 'worktree' && to !== 'unbuilt' && to !== 'absent' && to.length <= 1000);
}

/** What the undone change had brought. */
export function inverse(facts: readonly Fact[]): readonly Fact[] {
  return facts.map(({ environment, subject, from, to }) => ({ environment, subject, from: to, to: from }));
}

/** `rateLimit 200 → 100, gateway worktree → 3f2a1b4c`: at most 200 characters. */
export function factsText(facts: readonly Fact[]): string {
  const text = facts.map(({ subject, from, to }) => `${nameOf(subject)} ${short(from)} → ${short(to)}`).join(', ');
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`;
}

/** Before it is known what it changes from. */
export function summaryOf(change: Change): string {
  switch (change.kind) {
    case 'release': return `${change.workload} → ${short(change.release)}`;
    case 'knob': return `${change.knob} → ${String(change.value)}`;
    case 'scale': return `${change.workload} → ${String(change.replicas)}${change.most === undefined ? '' : ` to ${String(change.most)}`} replicas`;
    case 'promotion': return `${change.workloads.length === 0 ? 'everything' : change.workloads.join(', ')} from ${change.from}`.slice(0, 200);
    default: return `take ${short(change.commit)} back`;
  }
}

/** The facts that a change asks for, as far as its words say them. */
export function askedFacts(change: Change): readonly Pick<Fact, 'environment' | 'subject' | 'to'>[] {
  switch (change.kind) {
    case 'release': return [{ environment: change.environment, subject: `release/${change.workload}`, to: change.release }];
    case 'knob': return [{ environment: change.environment, subject: `knob/${change.knob}`, to: String(change.value) }];
    default: return [];
  }
}

/** Eight digits of a commit, twelve of a digest; anything else as it is. */
export function short(release: string): string {
  if (/^[0-9a-f]{40}$/.test(release)) return release.slice(0, 8);
  return /^sha256:[0-9a-f]{64}$/.test(release) ? release.slice(0, 19) : release;
}

const nameOf = (subject: string): string => (subject.startsWith('scale/') ? `${subject.slice(6)} replicas` : subject.slice(subject.indexOf('/') + 1));
