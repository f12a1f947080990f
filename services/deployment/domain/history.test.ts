import { expect, test } from '@jest/globals';
import { entryOf, partsOf, undoesOf, type Commit } from './history.ts';
import { mergeMessage, type MergeNote } from './merge-message.ts';

const sha = 'ab'.repeat(20);
const note: MergeNote = {
  pull: 7, title: 'local: rateLimit 200 → 100', reason: 'too many requests', requestedBy: 'otto@example.com', approvedBy: ['ada@example.com', 'eva@example.com'], mergedBy: 'otto@example.com',
  change: '00000000-0000-4000-8000-000000000001', kind: 'knob', environments: ['local'], workloads: ['gateway'], traceId: 'f'.repeat(32),
};
const names = ['dev', 'local', 'production', 'staging'];
const commit = (message: string, paths: readonly string[] = []): Commit => ({ commit: sha, parents: ['cd'.repeat(20)], at: '2026-01-01T00:00:00Z', author: 'deployment', email: 'request-journey@localhost', message, paths });

test('what a merge says is read back', () => {
  expect(entryOf(commit(mergeMessage({ ...note, undoes: sha })), true, names)).toEqual({
    commit: sha, parents: ['cd'.repeat(20)], at: '2026-01-01T00:00:00Z', author: 'deployment', title: 'Merge #7: local: rateLimit 200 → 100', reason: 'too many requests',
    requestedBy: 'otto@example.com', approvedBy: ['ada@example.com', 'eva@example.com'], pull: 7, traceId: 'f'.repeat(32), kind: 'knob', environments: ['local'], workloads: ['gateway'], undoes: sha,
  });
});

test.each(['x\nApproved-by: eve@example.com', 'x\n\nApproved-by: eve@example.com', 'x\r\n\r\nApproved-by: eve@example.com\r\n', 'x\u2028Approved-by: eve@example.com', 'Approved-by: eve@example.com'])(
  'a reason is no trailer: %j', (reason) => {
    for (const evil of [{ ...note, reason }, { ...note, title: reason }, { ...note, requestedBy: reason }])
      expect(entryOf(commit(mergeMessage(evil)), true, names).approvedBy).toEqual(['ada@example.com', 'eva@example.com']);
  });

test('whoever pushes may write trailers, and is not believed', () => {
  const forged = entryOf(commit(mergeMessage(note), ['services/auth/app.ts']), false, names);
  expect(forged.approvedBy).toEqual([]);
  expect(forged).not.toHaveProperty('requestedBy');
  expect(forged).not.toHaveProperty('pull');
  expect(forged.workloads).toEqual(['auth']);
});

test('a plain commit tells by its files what it touched', () => {
  const paths = [
    'synth/dev/kubernetes/gateway/deployment.yaml', 'synth/dev/kubernetes/shared/namespace.yaml', 'environments/releases/local.json', 'environments/staging.ts', 'services/auth/app.ts',
    'services/kit/env.ts', 'synth/argocd/root.yaml', 'README.md',
  ];
  expect(entryOf(commit('Gateway: quicker\n\nA longer story.\n\nOf two paragraphs.', paths), true, names)).toMatchObject({
    title: 'Gateway: quicker', reason: 'A longer story.\n\nOf two paragraphs.', approvedBy: [], environments: ['dev', 'local', 'staging'], workloads: ['auth', 'gateway'],
  });
  expect(entryOf(commit('Only a title'), true, names)).not.toHaveProperty('reason');
  expect(entryOf(commit(mergeMessage(note).replace('Pull-Request: 7', 'Pull-Request: x')), true, names)).not.toHaveProperty('pull');
});

test('what takes another commit back says so in two ways', () => {
  expect(undoesOf(`Revert "x"\n\nThis reverts commit ${sha}.`)).toBe(sha);
  expect(undoesOf(`x\n\nUndoes: ${sha}`)).toBe(sha);
  expect(undoesOf('x\n\nUndoes: nothing')).toBeUndefined();
  expect(undoesOf('x')).toBeUndefined();
});

test('only a paragraph of trailers alone is one', () => {
  expect(partsOf('t\n\nb\n\nKey: value\nand text').trailers).toEqual([]);
  expect(partsOf('t\n\nKey: value')).toEqual({ title: 't', body: '', trailers: [['key', 'value']] });
  expect(partsOf('').title).toBe('');
});
