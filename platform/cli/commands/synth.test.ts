import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exit } from '../command.ts';
import { brokenModel } from '../model.ts';
import { modelCheckout, type ModelCheckout } from '../test/model-checkout.ts';
import { spokenIo } from '../test/spoken-io.ts';
import { command } from './synth.ts';

let checkout: ModelCheckout;
beforeAll(async () => {
  checkout = await modelCheckout('in process');
  await checkout.commit();
}, 30_000);
afterEach(() => checkout.restore());
afterAll(() => checkout.remove());

const io = (options = {}) => spokenIo(checkout.root, options);

test('every environment is written, then found unchanged, then checked', async () => {
  const first = io();
  expect(await command.run(first, [], {})).toBe(exit.ok);
  expect(first.printed).toEqual(['dev', 'local', 'production', 'staging', 'argocd'].map((name) => expect.stringMatching(new RegExp(`^synth/${name} {2}\\d+ files: \\d+ written, 0 removed, 0 unchanged$`))));
  const second = io({ json: true });
  expect(await command.run(second, ['local', 'local'], {})).toBe(exit.ok);
  expect(second.emitted).toEqual([{ environment: 'local', files: 2, written: 0, removed: 0, unchanged: 2 }]);
  for (const json of [true, false]) {
    const third = io({ json });
    expect(await command.run(third, [], { check: true })).toBe(exit.ok);
    expect(json ? third.emitted[0] : third.printed[0]).toEqual(json ? { files: expect.any(Number), differences: 0 } : expect.stringContaining('in 4 environments'));
  }
}, 30_000);

test('what differs is listed with its first different line; a check writes nothing', async () => {
  await command.run(io(), [], {});
  await checkout.edit('synth/local/plan.json', '"environment": "local"', '"environment": "lokal"');
  await checkout.write('synth/gone/journey.json', '{}');
  await checkout.write('synth/argocd/app.yaml', 'by hand');
  await checkout.write('synth/notes/app.yaml', 'not ours');
  const spoken = io();
  await expect(command.run(spoken, [], { check: true })).rejects.toMatchObject({ code: exit.model, fix: expect.stringContaining('./journey synth') });
  expect(spoken.printed).toEqual([
    'different  synth/local/plan.json:2', '  -   "environment": "lokal",', '  +   "environment": "local",', 'extra  synth/argocd/app.yaml', 'extra  synth/gone/journey.json',
  ]);
  expect(spoken.told).toContain('failed');
  const mended = io();
  await command.run(mended, [], {});
  expect(mended.printed).toContain('synth/gone  removed: environments/ has it no longer');
  expect(existsSync(join(checkout.root, 'synth/gone'))).toBe(false);
  expect(existsSync(join(checkout.root, 'synth/argocd/app.yaml'))).toBe(false);
  expect(existsSync(join(checkout.root, 'synth/notes/app.yaml'))).toBe(true);
}, 30_000);

test('a file that was cut short differs where it ends', async () => {
  await command.run(io(), ['local'], {});
  const text = await checkout.read('synth/local/plan.json');
  await checkout.write('synth/local/plan.json', `${text}more\n`);
  const spoken = io({ json: true });
  await expect(command.run(spoken, ['local'], { check: true })).rejects.toThrow('1 of 2 files');
  expect(spoken.emitted).toEqual([{ path: 'synth/local/plan.json', status: 'different', line: text.split('\n').length, committed: 'more', rendered: '' }]);
  await checkout.write('synth/gone/journey.json', '{}');
  const mended = io({ json: true });
  await command.run(mended, [], {});
  expect(mended.emitted).toContainEqual({ environment: 'gone', files: 0, written: 0, removed: 1, unchanged: 0 });
}, 30_000);

test('what Argo CD is told is rendered with all environments, or by its own name', async () => {
  const own = io({ json: true });
  expect(await command.run(own, ['argocd'], {})).toBe(exit.ok);
  expect(own.emitted).toEqual([expect.objectContaining({ environment: 'argocd', removed: 0 })]);
  expect(await checkout.changed()).toEqual(['synth/']);
});

test('an unknown environment is refused before anything is rendered', async () => {
  await expect(command.run(io(), ['stagin'], {})).rejects.toMatchObject({ code: exit.usage, fix: 'Did you mean staging?' });
  await expect(command.run(io(), ['qqqqqqqq'], {})).rejects.toMatchObject({ fix: 'Name one of them, or none for all.', why: expect.stringContaining('staging, argocd') });
  expect(await checkout.changed()).toEqual([]);
});

test('^C ends it before it writes', async () => {
  await expect(command.run(io({ signal: AbortSignal.abort(new Error('interrupted')) }), [], {})).rejects.toThrow('interrupted');
  expect(await checkout.changed()).toEqual([]);
});

test('an error of a target is told as one of the model', () => {
  const { root } = checkout;
  expect(brokenModel(root, new TypeError('scale is undefined'))).toMatchObject({
    code: exit.model, message: 'The model cannot be rendered.', why: 'scale is undefined.', fix: expect.stringContaining('tsc'),
  });
  expect(brokenModel(root, 'thrown text').why).toBe('thrown text.');
  const elsewhere = Object.assign(new Error('no release'), { name: 'ModelError', where: 'environments/dev.ts', fix: 'Add one.' });
  expect(brokenModel(root, elsewhere)).toMatchObject({ message: 'The model is wrong in environments/dev.ts.', why: 'no release.', fix: 'Add one.' });
  const known = brokenModel(root, elsewhere);
  expect(brokenModel(root, known)).toBe(known);
  const parse = Object.assign(new SyntaxError('bad'), { stack: `${root}/platform/workloads/a.ts:7\n  at ${root}/platform/model/x.ts:1` });
  expect(brokenModel(root, parse).message).toBe('The model cannot be read at platform/workloads/a.ts:7.');
});

test('a checkout without a model says so', async () => {
  await expect(command.run(spokenIo(join(checkout.root, 'nowhere')), [], {})).rejects.toMatchObject({ code: exit.model, why: expect.stringContaining('ENOENT') });
});
