import { approvalsNeeded, isGuarded, type Delivery, type Guarded } from './delivery.ts';
import { heldBy, type Hold } from '../../kit/holds.ts';
import { short } from './fact.ts';
import type { Freeze } from './freeze.ts';
import { plainName, samePerson } from './person.ts';
import type { Fact } from './proposal.ts';

/** All that decides whether a pull request may be merged now. */
export interface MergeCase {
  readonly kind: string;
  /** A rollback that nobody asked for: it takes back what made people unhappy, so it waits for nobody, unless it changes a guarded environment where nothing failed. */
  readonly automatic: boolean;
  /** What it was asked for; of an automatic rollback, where it failed. */
  readonly environment: string;
  readonly requestedBy: string;
  readonly pull: { readonly state: 'open' | 'merged' | 'closed'; readonly author: string; readonly base: string; readonly head: string };
  /** The commit that whoever merges has looked at. */
  readonly lookedAt: string;
  /** The tip of main. */
  readonly tip: string;
  /** Why it could not be made again on top of main, if so. */
  readonly stuck?: string;
  readonly facts: readonly Fact[];
  readonly checks: readonly Check[];
  readonly approvals: readonly GivenApproval[];
  readonly environments: readonly TargetEnvironment[];
  readonly holds: readonly Hold[];
  /** Does anybody watch the alerts of the stage before? */
  readonly alertsWatched: boolean;
}
export interface Check { readonly name: string; readonly passed: boolean; readonly said: readonly string[]; readonly running?: boolean }
export interface GivenApproval {
  readonly by: string;
  readonly commit: string;
  /** Whether an admin gave it; a forge that knows no roles cannot say. */
  readonly admin: boolean;
  /** The commit is another one, but its diff is the head's, byte by byte. */
  readonly sameDiff: boolean;
}
export interface TargetEnvironment {
  readonly name: string;
  readonly delivery: Delivery;
  /** null: the rule could not be read. */
  readonly freeze: Freeze | null;
  readonly open: boolean;
  /** When its window opens next, RFC 3339. */
  readonly opens?: string;
  /** What the stage before it says; empty when nothing travels. */
  readonly stage: readonly string[];
}

/** Everything that keeps it from being merged, each a sentence that says what to do. Empty: it may be merged. */
export function hindrances(one: MergeCase): readonly string[] {
  const { pull } = one;
  if (pull.state === 'merged') return ['It is merged already.'];
  if (pull.state === 'closed') return ['It is closed: ask again.'];
  return [
    ...baseHindrances(one),
    ...one.facts.filter(({ to }) => to === 'unbuilt' && one.kind !== 'rollback').map(({ subject }) => `${subject.slice(subject.indexOf('/') + 1)} is unbuilt: build it, then promote it.`),
    ...checkHindrances(one),
    ...holdHindrances(one),
    ...approvalHindrances(one),
    ...one.environments.flatMap((environment) => environmentHindrances(one, environment)),
  ];
}

type Approving = Pick<MergeCase, 'kind' | 'automatic' | 'environment'> & { readonly environments: readonly Guarded[] };

/** How many people besides the author must approve: what the strictest of its environments wants. */
export function needed(one: Approving): number {
  return Math.max(bystander(one) === undefined ? 0 : 1, ...one.environments.map(({ delivery }) => approvalsNeeded(one.kind, delivery)));
}

/** The environment that wants an admin among those who approve, if any. */
export function adminsOwn(one: Approving): string | undefined {
  return bystander(one) ?? one.environments.find(({ delivery }) => isGuarded(delivery) && approvalsNeeded(one.kind, delivery) > 0)?.name;
}

/** A guarded environment where nothing failed, and which an automatic rollback would change nevertheless. */
function bystander({ kind, automatic, environment, environments }: Approving): string | undefined {
  if (kind !== 'rollback' || !automatic) return undefined;
  return environments.find(({ name, delivery }) => name !== environment && isGuarded(delivery))?.name;
}

type Approved = Pick<MergeCase, 'approvals' | 'requestedBy'> & { readonly pull: Pick<MergeCase['pull'], 'author' | 'head'> };

/** The approvals that count for the head: of each person one, an admin's rather than another, the newest rather than an older one. */
export function approvers({ approvals, pull, requestedBy }: Approved): readonly GivenApproval[] {
  const counted = approvals.filter(({ by, commit, sameDiff }) => (commit === pull.head || sameDiff) && !samePerson(by, pull.author) && !samePerson(by, requestedBy));
  return [...Map.groupBy(counted, ({ by }) => plainName(by)).values()].flatMap((same) => same.findLast(({ admin }) => admin) ?? same.at(-1) ?? []);
}

function baseHindrances({ pull, lookedAt, tip, stuck }: MergeCase): readonly string[] {
  if (stuck !== undefined) return [stuck];
  if (pull.base !== tip) return ['main has moved on since: it is being made again on top of it. Wait a moment.'];
  return lookedAt === pull.head ? [] : [`It is ${short(pull.head)} by now, and ${short(lookedAt)} was looked at: look at the new diff.`];
}

function checkHindrances({ checks, automatic }: MergeCase): readonly string[] {
  if (automatic) return [];
  return checks.filter(({ passed }) => !passed).map(({ name, said, running }) =>
    running === true ? `${name} is not ready yet: wait.` : `The check ${name} failed${said[0] === undefined ? '' : `: ${said[0]}`}. Close it, mend what it names, and ask again.`);
}

function holdHindrances({ facts, holds, automatic }: MergeCase): readonly string[] {
  if (automatic) return [];
  return facts.flatMap((fact) => {
    const hold = heldBy(fact, holds);
    return hold === undefined ? [] : [holdText(hold)];
  });
}

/** Said wherever a held value is asked for. */
export function holdText({ subject, value, environment, by, reason }: Hold): string {
  return `${subject} ${short(value)} is held since it was taken back in ${environment} by ${by} (${reason}): choose another one, or ask an admin to lift the hold.`;
}

function approvalHindrances(one: MergeCase): readonly string[] {
  const wanted = needed(one);
  const given = approvers(one);
  const missing = wanted - given.length;
  const besides = bystander(one);
  if (missing > 0 && besides !== undefined) return [`It changes ${besides}, too, where nothing failed: an admin has to approve it.`];
  if (missing > 0) return [`It needs ${String(missing)} more approval${missing === 1 ? '' : 's'} by somebody other than ${one.requestedBy}.`];
  const guarded = adminsOwn(one);
  if (guarded === undefined || given.some(({ admin }) => admin)) return [];
  // What nobody watches must not look as if it was fine: somebody has to have looked.
  const alerts = one.kind === 'promotion' && !one.alertsWatched ? ' Alerts of the stage before are not watched here: whoever approves looks at them first.' : '';
  return [`${guarded} wants the approval of an admin, given here: no forge knows who is one.${alerts}`];
}

function environmentHindrances({ kind, automatic }: MergeCase, { name, delivery, freeze, open, opens, stage }: TargetEnvironment): readonly string[] {
  if (automatic) return [];
  return [
    ...(freeze === null ? [`Whether ${name} is frozen cannot be read: look whether configuration runs.`] : []),
    ...(freeze?.frozen === true ? [`${name} is frozen: ${freeze.reason || 'no reason was given'}. Wait until it is lifted, or ask an operator to lift it.`] : []),
    // What was there before comes back at any hour.
    ...(open || kind === 'rollback' ? [] : [`The window of ${name} is closed${opens === undefined ? '' : ` until ${opens}`}: wait for it.`]),
    ...(delivery.after !== undefined && (kind === 'release' || kind === 'promotion') ? stage : []),
  ];
}
