import { fileURLToPath } from 'node:url';
import type { Connection } from '../../kit/contract.ts';
import { readable } from '../../kit/git-message.ts';
import { commitOf, readCommit, writeCommit } from '../../kit/git-objects.ts';
import { createBare, updateRefs, type RefChange } from '../../kit/git-refs.ts';
import { gitText } from '../../kit/git.ts';
import { HOLDS_REF } from '../../kit/holds.ts';
import type { Kit } from '../../kit/kit.ts';
import { problem } from '../../kit/problem.ts';
import { asCommit, asMarker, asNewPull, asPerson, asText, assertApprovable, assertMergeable, assertOnTop, conflict, samePerson } from './forge-input.ts';
import { openFirst } from './forge-list.ts';
import type { Forge, NewPull, Pull } from './forge-port.ts';
import { writeRecord, type PullRecord } from './forge-record.ts';
import { asForgeProblem, forgeSpans } from './forge-span.ts';
import { openHolds } from './holds.ts';
import { branchRef, main, openStore, pullOf, recordRef, type Kept } from './forge-store.ts';

/** Somebody else was quicker so many times in a row: then something else is wrong. */
const TRIES = 30;

/**
 * Pull requests kept in a bare repository: `refs/pulls/<n>/record` (see forge-record.ts) and the branch `change/<n>` while it
 * is open. Several processes may work on it; one that is killed at any moment leaves nothing half (decision 18).
 * @param mostOpen that are listed
 */
export function openLocalForge(kit: Kit, connection: Connection<'repository'>, mostOpen?: number): Forge {
  const { reference } = connection;
  const folder = fileURLToPath(connection.url.reveal());
  const traced = forgeSpans(reference, 'git');
  const store = openStore(folder, kit.log);
  let made: Promise<void> | undefined;
  /** Once: an empty one is made where there is none. Tried again when it failed. */
  const there = () => made ??= createBare(folder).catch((error: unknown) => {
    made = undefined;
    throw error;
  });
  const call: typeof traced = (operation, attributes, fn) => traced(operation, attributes, async () => {
    await there();
    return fn();
  });

  /** Replaces a record by what `next` makes of it, again and again until nobody was quicker. `null`: it stays. */
  async function change(number: number, step: Step, next: (pull: Pull, record: PullRecord, at: string) => PullRecord | null): Promise<Pull> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const kept = await store.get(number);
      const at = now();
      const { merging, ...before } = kept.record;
      const record = next(pullOf(kept), before, at);
      if (record === null) return pullOf(kept);
      const written = await writeRecord(folder, record, { before: kept.at, number, at, ...step });
      // While a merge has begun, main must not move under this: it decides what the record means. Afterwards that merge is void.
      const held = merging === undefined && !kept.unfinished ? [] : [{ ref: main, from: kept.main }];
      const branch = await branchTo(number, record.state === 'open' ? record.head : null);
      if (await updateRefs(folder, [...held, ...branch, { ref: recordRef(number), from: kept.at, to: written }])) return pullOf({ ...kept, at: written, record });
    }
    throw conflict(number, 'is being changed by others all the time');
  }

  /** Its branch is there while it is open, at its head. */
  async function branchTo(number: number, to: string | null): Promise<readonly RefChange[]> {
    const from = await commitOf(folder, branchRef(number));
    return from === to ? [] : [{ ref: branchRef(number), from, to }];
  }

  async function open(pull: NewPull): Promise<Pull> {
    await assertOnTop(folder, pull.base, pull.head);
    for (let tries = 0; tries < TRIES; tries += 1) {
      // Whoever takes a number has seen all that came before it, so a key cannot come in twice.
      const { kept, next } = await store.all();
      const same = kept.find(({ record }) => record.key === pull.key);
      if (same !== undefined) return pullOf(same);
      const at = now();
      const record: PullRecord = { version: 1, ...pull, state: 'open', openedAt: at, approvals: [], comments: {} };
      const written = await writeRecord(folder, record, { before: null, number: next, what: 'opened', by: pull.author, at });
      // A branch without a record is what a killed `open` has left: it is taken over.
      if (await updateRefs(folder, [...await branchTo(next, pull.head), { ref: recordRef(next), from: null, to: written }])) return pullOf({ number: next, at: written, record, unfinished: false, main: null });
    }
    throw problem('unavailable', 'Others open pull requests all the time; no number could be had.');
  }

  async function merge(number: number, { by, commit, message }: { readonly by: string; readonly commit: string; readonly message: string }): Promise<Pull> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const kept = await store.get(number);
      assertMergeable(pullOf(kept), commit, kept.main);
      if (kept.record.state === 'merged') return pullOf(await finish(kept));
      const { base, head } = kept.record;
      const at = now();
      const as = await writeCommit(folder, { tree: (await readCommit(folder, head)).tree, parents: [base, head], message, author: by, at });
      const record: PullRecord = { ...kept.record, merging: { as, by, at } };
      const begun = await writeRecord(folder, record, { before: kept.at, number, what: 'merge begun', by, at });
      if (!await updateRefs(folder, [{ ref: main, from: base }, { ref: recordRef(number), from: kept.at, to: begun }])) continue;
      // This one write decides. The record is held, so that nobody closes it meanwhile.
      if (await updateRefs(folder, [{ ref: recordRef(number), from: begun }, { ref: main, from: base, to: as }])) return pullOf(await finish(await store.get(number)));
    }
    throw conflict(number, 'is being changed by others all the time');
  }

  /** Writes down what main says already. It may be interrupted, and repeated by anybody. */
  async function finish(kept: Kept): Promise<Kept> {
    if (!kept.unfinished) return kept;
    const { record, number } = kept;
    const step = { before: kept.at, number, what: 'merged', by: record.mergedBy ?? '', at: record.mergedAt ?? now() };
    const written = await writeRecord(folder, record, step);
    await updateRefs(folder, [{ ref: recordRef(number), from: kept.at, to: written }, ...await branchTo(number, null)]);
    return kept;
  }

  return {
    name: 'local', folder,
    refresh: () => call('REFRESH', {}, async () => {
      for (const kept of (await store.all()).kept) await finish(kept);
      await store.settle();
      const tip = await commitOf(folder, main);
      if (tip === null) throw problem('unavailable', `The repository ${reference} has no commit on main yet.`, { fix: './journey up pushes the checkout there; by hand: git push <the repository> HEAD:main.' });
      return tip;
    }),
    open: async (pull) => {
      const asked = asNewPull(pull);
      return call('OPEN', { 'vcs.ref.head.revision': asked.head, 'vcs.ref.base.revision': asked.base }, () => open(asked));
    },
    update: (number, { base, head, body }) => call('UPDATE', { 'vcs.change.id': number, 'vcs.ref.head.revision': head }, async () => {
      await assertOnTop(folder, asCommit(base), asCommit(head));
      return change(number, { what: 'made anew', by: 'Request-Journey' }, (_, record) => {
        if (record.state !== 'open') throw conflict(number, `is ${record.state}`);
        const next = { ...record, base, head, body: asText(body) };
        return record.base === base && record.head === head && record.body === next.body ? null : next;
      });
    }),
    read: (number) => call('READ', { 'vcs.change.id': number }, async () => {
      const kept = await store.find(number);
      return kept && pullOf(kept);
    }),
    list: () => call('LIST', {}, async () => {
      const { kept } = await store.all();
      const isOpen = ({ record }: Kept) => record.state === 'open';
      const { shown, unlisted } = openFirst(kept.filter(isOpen), kept.filter((one) => !isOpen(one)), mostOpen);
      return { pulls: shown.map(pullOf), unlisted };
    }),
    byKey: (key) => call('READ', { 'vcs.change.key': key }, async () => {
      const kept = (await store.all()).kept.find(({ record }) => record.key === key);
      return kept === undefined ? null : pullOf(kept);
    }),
    comment: (number, marker, text) => call('COMMENT', { 'vcs.change.id': number }, async () => {
      const [key, value] = [asMarker(marker), asText(text)];
      await change(number, { what: `comment ${key}`, by: 'Request-Journey' }, (_, record) => record.comments[key] === value ? null : { ...record, comments: { ...record.comments, [key]: value } });
    }),
    approve: (number, by, commit) => call('APPROVE', { 'vcs.change.id': number, 'vcs.ref.head.revision': commit }, () => {
      const person = asPerson(by);
      return change(number, { what: 'approved', by: person }, (pull, record, at) => {
        assertApprovable(pull, person, commit);
        const before = record.approvals.some((one) => samePerson(one.by, person) && one.commit === commit);
        return before ? null : { ...record, approvals: [...record.approvals, { by: person, at, commit }] };
      });
    }),
    merge: (number, { by, commit, message }) => call('MERGE', { 'vcs.change.id': number, 'vcs.ref.head.revision': commit }, () => merge(number, { by: asPerson(by), commit, message: readable(message) })),
    close: (number, by, reason) => call('CLOSE', { 'vcs.change.id': number }, () => {
      const person = asPerson(by);
      return change(number, { what: 'closed', by: person }, (_, record) => {
        if (record.state === 'merged') throw conflict(number, 'is merged');
        return record.state === 'closed' ? null : { ...record, state: 'closed', closedBy: person, comments: { ...record.comments, closed: asText(reason) } };
      });
    }),
    holds: openHolds({
      folder,
      tip: () => call('READ HOLDS', {}, () => commitOf(folder, HOLDS_REF)),
      move: (from, to) => call('HOLD', { 'vcs.ref.head.revision': to }, () => updateRefs(folder, [{ ref: HOLDS_REF, from, to }])),
    }),
    ready: () => there().then(() => gitText(folder, ['rev-parse', '--git-dir'])).then(() => {}, (error: unknown) => { throw asForgeProblem(reference, error); }),
    async stop() {},
  };
}

interface Step { readonly what: string; readonly by: string }
const now = () => new Date().toISOString();
