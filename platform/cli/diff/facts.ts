import type { Attributed, Owned } from './attribute.ts';
import type { Cause, Sides } from './cause.ts';
import { effectsOf } from './effects.ts';
import { risks as allRisks, type Fact, type Group, type Risk } from './fact.ts';
import { hopsOf } from './hops.ts';
import { HIDDEN, shownText, shownValue } from './mask.ts';
import { short } from './words.ts';

/** Causes as facts: values as they may be shown, with everything that follows. */
export function factsOf(sides: Sides, causes: readonly Cause[], { owned }: Attributed, lines: ReadonlyMap<Cause, string>): Fact[] {
  return causes.map((cause): Fact => {
    const { kind, subject, workload, object, field } = cause;
    const own = owned.get(cause) ?? [];
    const [from, to] = [cause.from, cause.to].map((value) => (value === undefined ? undefined : valueOf(cause, value)));
    const declaredAt = lines.get(cause);
    const said = saidOf(cause, from, to);
    return {
      kind, subject: shownText(subject), ...(workload === undefined ? {} : { workload: shownText(workload) }), object: shownText(object), ...(field === undefined ? {} : { field: shownText(field) }),
      ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }),
      said, risks: risksOf(cause, own), ...(declaredAt === undefined ? {} : { declaredAt }),
      // What says no more than the fact itself does not follow from it.
      hops: hopsOf(cause, sides).map(shownText), effects: own.length === 1 ? [] : effectsOf(own).filter((effect) => effect !== said),
    };
  });
}

/** What is shared first, then workload by workload. */
export function groupsOf(facts: readonly Fact[]): Group[] {
  const names = [...new Set(facts.map(({ workload }) => workload ?? null))].toSorted((a, b) => (a === null ? -1 : b === null ? 1 : a < b ? -1 : 1));
  return names.map((workload) => {
    const own = facts.filter((fact) => (fact.workload ?? null) === workload);
    return { workload, facts: own, hops: [...new Set(own.flatMap(({ hops }) => hops))].toSorted() };
  });
}

export const risksIn = (facts: readonly { readonly risks: readonly Risk[] }[]): Risk[] => allRisks.filter((risk) => facts.some(({ risks }) => risks.includes(risk)));

/** A knob or a variable is judged by its name, too; what else has a value names things. */
function valueOf({ kind, subject }: Cause, value: string): string {
  if (kind === 'release' && /^(?:[0-9a-f]{40}|sha256:[0-9a-f]{64})$/.test(value)) return value;
  return kind === 'knob' || kind === 'variable' ? shownValue(kind, [subject.slice(subject.search(/[^/.]*$/))], value) : shownText(value);
}

function saidOf(cause: Cause, from: string | undefined, to: string | undefined): string {
  const hidden = from === HIDDEN && to === HIDDEN ? ' (another)' : '';
  return `${shownText(cause.said(from && short(from), to && short(to)))}${hidden}`;
}

/** What the cause is about, and what its effects touch: who may reach whom, and what is kept. */
function risksOf({ risks = [] }: Cause, owned: readonly Owned[]): Risk[] {
  const touched = owned.flatMap(({ change: { kind, status } }): Risk[] => {
    if (status === 'changed') return [];
    if (/^(?:NetworkPolicy|Role|RoleBinding|Ingress)$/.test(kind) || /security_group_.*_rule|iam_/.test(kind)) return status === 'added' ? ['access'] : [];
    if (/^(?:aws_db_instance|aws_s3_bucket|aws_elasticache_replication_group|StatefulSet|PersistentVolumeClaim|aws_kms_key)$/.test(kind)) return [status === 'added' ? 'cost' : 'data'];
    return [];
  });
  return allRisks.filter((risk) => risks.includes(risk) || touched.includes(risk));
}
