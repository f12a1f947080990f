/** Any route is put together, checked before it is sent, sent with a ticket and watched. Needs JOURNEY_FAKE=1. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openStage } from './stage.ts';
import { signIn, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const { site, browser } = await openStage();
const asked = (line: string) => site.gateway?.asked.filter((each) => each === line).length ?? 0;
const field = (page: Page, key: string) => page.locator(`[data-field="${key}"] :is(input, select, textarea)`);
const send = (page: Page) => page.getByRole('button', { name: 'Send and watch' }).click();

test('a preset is sent, and its good answer stands beside its journey', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/send');
  await page.locator('[data-preset="setting"]').click();
  await field(page, 'path.name').waitFor();
  assert.match(page.url(), /route=configuration\.read&path\.environment=local&path\.name=deployment-freeze/);
  await send(page);
  await page.waitForURL(/\/journeys\/[0-9a-f]{32}$/);
  const answer = page.locator('[data-answer="200"]');
  await answer.getByText('GET /v1/settings/local/deployment-freeze answered 200').waitFor();
  assert.match(await answer.locator('pre').innerText(), /"frozen": false/);
  await page.goBack();
  await field(page, 'path.name').waitFor();
  assert.equal(await field(page, 'path.name').inputValue(), 'deployment-freeze', 'Back undoes one step');
  assert.deepEqual(faults, []);
  await close();
});

test('what is not right is said before anything is sent, by field', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/send?route=deployment.listHistory&query.environment=Local&query.limit=900');
  const before = site.gateway?.asked.filter((line) => line.includes('/v1/history')).length;
  await send(page);
  await page.getByText('2 things are not right yet.').waitFor();
  await page.getByText('limit must be at most 200').waitFor();
  await page.getByText('environment does not fit ^[a-z][a-z0-9-]{0,62}$').waitFor();
  await field(page, 'query.limit').fill('5x');
  await page.getByText('limit must be a whole number').waitFor();
  assert.equal(site.gateway?.asked.filter((line) => line.includes('/v1/history')).length, before);
  await field(page, 'query.limit').fill('5');
  await field(page, 'query.environment').fill('');
  assert.match(page.url(), /query\.limit=5/);
  assert.doesNotMatch(page.url(), /query\.environment/);
  await send(page);
  await page.waitForURL(/\/journeys\//);
  assert.equal(asked('GET /v1/history?limit=5'), 1);
  assert.deepEqual(faults, []);
  await close();
});

test('what changes something is sent only after its effect was named, with a key and the body as it was shown', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/send');
  await page.locator('[data-preset="golden"]').click();
  await field(page, 'body.reason').fill('From the composer');
  await page.locator('summary', { hasText: 'What is sent' }).click();
  const shown = await page.locator('[data-preview]').innerText();
  assert.match(shown, /^POST \/v1\/deployments\nIdempotency-Key: [0-9a-f-]{36}\n/);
  const before = asked('POST /v1/deployments');
  await send(page);
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Asks for a release of one workload.').waitFor();
  assert.match(await dialog.innerText(), /It is about local\./);
  await dialog.getByRole('button', { name: 'Not now' }).click();
  assert.equal(asked('POST /v1/deployments'), before, 'nothing was sent');
  await send(page);
  await dialog.getByRole('button', { name: 'Yes, send it' }).click();
  await page.waitForURL(/\/journeys\/[0-9a-f]{32}$/);
  assert.equal(asked('POST /v1/deployments'), before + 1);
  assert.equal(site.gateway?.world.requests[0]?.reason, 'From the composer');
  await page.locator('[data-answer="202"]').waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('a refusal stands beside its journey: what, why, where, what to do', async () => {
  const { page, close } = await visit(browser, site, desk);
  await signIn(page, site, '/send?route=configuration.read&path.environment=local&path.name=nowhere');
  await send(page);
  await page.waitForURL(/\/journeys\//);
  await page.locator('[data-answer="404"]').getByText('local has no setting "nowhere".').waitFor();
  await page.goto(`${site.url}/send?route=deployment.create&body.workload=gateway&body.environment=local&body.revision=worktree&body.reason=fail-503`);
  await send(page);
  await page.getByRole('button', { name: 'Yes, send it' }).click();
  await page.locator('[data-answer="502"]').getByText('configuration cannot be reached.').waitFor();
  await close();
});

test('secrets and long texts stay out of the address and of what the tab keeps', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/send?route=auth.createPerson');
  await field(page, 'body.name').fill('new@example.com');
  await field(page, 'body.password').fill('a secret of thirteen');
  await page.getByLabel('operator').check();
  assert.equal(await field(page, 'body.password').getAttribute('type'), 'password');
  assert.match(page.url(), /body\.name=new%40example.com&body\.roles=operator/);
  await send(page);
  await page.getByRole('button', { name: 'Yes, send it' }).click();
  await page.waitForURL(/\/journeys\//);
  await page.locator('[data-answer="201"]').waitFor();
  const kept = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, location.href]));
  assert.match(kept, /\/v1\/people/);
  assert.doesNotMatch(kept, /thirteen/);
  await page.goto(`${site.url}/send?route=deployment.create`);
  await field(page, 'body.reason').fill('x'.repeat(501));
  await page.getByText('reason has 501 characters, 500 are allowed').waitFor();
  assert.doesNotMatch(page.url(), /xxx/);
  assert.deepEqual(faults, []);
  await close();
});

test('a body may be written as JSON; what it lacks is named', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/send?route=configuration.write&path.environment=local&path.name=deployment-freeze');
  await field(page, 'body.value').fill('{"frozen": ');
  await page.getByText('value is no JSON').waitFor();
  await page.getByLabel('As JSON').check();
  const body = page.locator('textarea[name="body"]');
  await body.fill('{"valve": {}}');
  await page.getByText('Body value is missing; valve is not asked for').waitFor();
  await body.fill('{"value": {"frozen": true}}');
  assert.match(page.url(), /body=%7B/);
  await page.reload();
  assert.equal(await body.inputValue(), '{"value": {"frozen": true}}');
  assert.deepEqual(faults, []);
  await close();
});

test('every public route stands on the API page, filtered, linked, and leads to its form', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/api-reference');
  await page.locator('[data-operation]').first().waitFor();
  assert.ok(await page.locator('[data-operation]').count() >= 30);
  assert.deepEqual(await page.locator('[data-service]').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['service'])), ['gateway', 'auth', 'deployment', 'configuration', 'monitoring']);
  await page.getByLabel('Filter').fill('rollback commit');
  assert.equal(await page.locator('[data-operation]').count(), 1);
  await page.locator('[data-operation="deployment.rollback"] button').click();
  assert.match(page.url(), /q=rollback\+commit&route=deployment\.rollback/);
  await page.locator('[data-operation="deployment.rollback"]').getByText('Takes an Idempotency-Key', { exact: false }).waitFor();
  await page.getByRole('link', { name: 'Send and watch' }).click();
  await page.waitForURL(/\/send\?route=deployment\.rollback$/);
  await page.goto(`${site.url}/api-reference?route=auth.createToken`);
  await page.getByText('It answers with a token, and a browser never holds one.', { exact: false }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Send and watch' }).count(), 0);
  await page.getByLabel('Filter').fill('no such thing');
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.goto(`${site.url}/send?route=no.such`);
  await page.getByText('The gateway has no route "no.such".').waitFor();
  assert.deepEqual(faults, []);
  await close();
});
