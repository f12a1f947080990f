/** The manifest browser over the committed synth of this checkout. Needs JOURNEY_FAKE=1. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStage } from './stage.ts';
import { signIn, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const phone = { width: 390, height: 844, colours: 'light' } as const;
const policies = 'kubernetes/gateway/network-policies.yaml';
const inSynth = (path: string) => readFileSync(join(import.meta.dirname, '../../../synth', path), 'utf8');
const { site, browser } = await openStage();

test('the text is the file’s, byte by byte, with numbers beside it', async () => {
  for (const [environment, path] of [['dev', policies], ['local', 'journey.json'], ['production', 'terraform/cdk.tf.json']] as const) {
    const { page, faults, close } = await visit(browser, site, desk);
    await signIn(page, site, `/environments/${environment}/manifests?path=${encodeURIComponent(path)}`);
    const text = await page.locator(`pre[data-manifest="${path}"]`).textContent();
    assert.equal(text, inSynth(`${environment}/${path}`));
    assert.equal(await page.locator('pre[data-manifest] > span').count(), text?.split(/(?<=\n)/).length);
    assert.deepEqual(faults, []);
    await close();
  }
});

test('from an object to its line of the model and to all that the line made; from a line of the text to its object', async () => {
  const { page, close } = await visit(browser, site, desk);
  await signIn(page, site, `/environments/dev/manifests?path=${encodeURIComponent(policies)}`);
  const object = page.locator('[data-object="NetworkPolicy/gateway-to-deployment"]');
  await object.getByRole('button', { name: 'NetworkPolicy/gateway-to-deployment' }).click();
  assert.match(page.url(), /object=NetworkPolicy%2Fgateway-to-deployment/);
  const line = /platform\/workloads\/gateway\.ts:\d+/.exec(await object.innerText())?.[0];
  assert.ok(line);
  const marked = page.locator('[data-marked]');
  assert.match((await marked.allTextContents()).join(''), /^apiVersion: networking\.k8s\.io\/v1\nkind: NetworkPolicy\n[\s\S]*name: gateway-to-deployment\n/);
  await page.locator(`[data-siblings="${line}"]`).getByRole('button', { name: 'kubernetes/deployment/network-policies.yaml' }).click();
  await page.locator('pre[data-manifest="kubernetes/deployment/network-policies.yaml"]').waitFor();
  await page.locator('pre[data-manifest] > span').first().waitFor();
  await page.goBack().catch(() => undefined);
  await page.goto(`${site.url}/environments/dev/manifests?path=${encodeURIComponent(policies)}`);
  await page.locator('pre[data-manifest]').getByText('gateway-to-auth').first().click();
  await page.locator('[data-object="NetworkPolicy/gateway-to-auth"] button[aria-pressed="true"]').waitFor();
  await close();
});

test('by file, and by line of the model; an address shows the same again, at its commit', async () => {
  const { page, faults, close } = await visit(browser, site, phone);
  await signIn(page, site, '/environments/dev/manifests');
  await page.getByText('Choose a file.').waitFor();
  await page.getByLabel('line of the model', { exact: true }).click();
  const line = page.locator('[data-line-of-model^="platform/workloads/gateway.ts:"]').filter({ hasText: 'gateway.AUTH_URL' });
  await line.getByRole('link', { name: policies }).first().click();
  await page.locator(`pre[data-manifest="${policies}"]`).waitFor();
  const commit = site.gateway?.world.head;
  await page.goto(`${site.url}/environments/dev/manifests?path=${encodeURIComponent(policies)}&commit=${commit}&by=line`);
  await page.locator(`pre[data-manifest="${policies}"]`).waitFor();
  assert.equal(site.gateway?.asked.some((asked) => asked.includes(`path=${encodeURIComponent(policies)}&commit=${commit}`)), true);
  await page.getByRole('button', { name: 'To the newest' }).click();
  assert.doesNotMatch(page.url(), /commit=/);
  assert.deepEqual(faults, []);
  await close();
});

test('a file that is not there, and an environment that is none', async () => {
  const { page, faults, close } = await visit(browser, site, desk, /status of 404/);
  await signIn(page, site, '/environments/dev/manifests?path=kubernetes/none.yaml');
  await page.getByRole('alert').getByText('dev has no file kubernetes/none.yaml at this commit.').waitFor();
  await page.goto(`${site.url}/environments/nowhere/manifests`);
  await page.getByRole('alert').getByText('There is no environment "nowhere".').waitFor();
  assert.deepEqual(faults, []);
  await close();
});
