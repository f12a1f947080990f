import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { isApplication, sourcesOf } from './application.ts';

/** The one branch that is merged into, or a commit. */
const PINNED = /^(?:main|[0-9a-f]{40})$/;

export const targetRevision = rule({
  id: 'target-revision',
  why: '`HEAD` and nothing at all follow whichever branch the server calls its default, a range follows tags: the desired state changes without a review.',
  fix: 'Name the branch `main`, which takes reviewed merges only, or a commit (platform/decisions/0015).',
  serves: ['NSA/CISA: Upgrading and application security practices'],
  of: ({ manifests }) => manifests.filter(isApplication).flatMap((on) => sourcesOf(on).map((source) => ({ on, source }))),
  check: ({ on, source: { at, revision } }) => (PINNED.test(revision) ? [] : [breach(on, [...at, 'targetRevision'], revision === '' ? 'is not named' : `is ${revision}`)]),
});
