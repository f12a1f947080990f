/** What can be done with a journey that is over: again, elsewhere, beside another, at its moment. And the documents. Needs JOURNEY_FAKE=1. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CUT, LARGE } from '../fake/large-journey.ts';
import { openStage } from './stage.ts';
import { sendJourney, signIn, until, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const { site, browser } = await openStage();
const asked = (line: string) => site.gateway?.asked.filter((each) => each === line).length ?? 0;

test('replay: what reads is sent at once; what changes something comes back with its body and is asked for', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/send?route=configuration.read&path.environment=local&path.name=deployment-freeze');
  await page.getByRole('button', { name: 'Send and watch' }).click();
  await page.waitForURL(/\/journeys\//);
  const first = page.url();
  const before = asked('GET /v1/settings/local/deployment-freeze');
  await page.getByRole('button', { name: 'Replay' }).click();
  await page.waitForURL((url) => url.href !== first && url.pathname.startsWith('/journeys/'));
  assert.equal(asked('GET /v1/settings/local/deployment-freeze'), before + 1);
  await page.goto(site.url);
  await sendJourney(page);
  const posts = asked('POST /v1/deployments');
  await page.getByRole('link', { name: 'Replay' }).click();
  await page.getByText('as this browser sent it', { exact: false }).waitFor();
  await page.getByRole('dialog').getByText('Asks for a release of one workload.', { exact: false }).waitFor();
  assert.match(await page.locator('textarea[name="body"]').inputValue(), /End-to-end test/);
  await page.getByRole('button', { name: 'Yes, send it' }).click();
  await page.waitForURL(/\/journeys\//);
  assert.equal(asked('POST /v1/deployments'), posts + 1);
  assert.equal(site.gateway?.world.requests[0]?.reason, 'End-to-end test');
  assert.deepEqual(faults, []);
  await close();
});

test('replay in another browser: what is known stands there, and why the body does not', async () => {
  const { page, context, close } = await visit(browser, site, desk);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn(page, site);
  await sendJourney(page);
  const copied = async (name: string) => {
    await page.getByRole('button', { name }).click();
    await page.getByText('Copied').waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    await page.getByText('Copied').waitFor({ state: 'detached' });
    return text;
  };
  const curl = await copied('Copy as curl');
  assert.match(curl, new RegExp(`curl \\\\\\n  --request POST \\\\\\n  '${site.url}/api/v1/deployments' \\\\\\n  --cookie "\\$JOURNEY_COOKIE" \\\\\\n  --header 'x-requested-with: journey'`));
  assert.match(curl, /--data '\{"workload":/);
  const value = (await context.cookies()).find(({ name }) => name.includes('session'))?.value ?? '';
  assert.ok(value.length > 10 && !curl.includes(value), 'the cookie is named, its value is not');
  assert.match(await copied('Copy as ./journey'), /^\.\/journey send POST '\/v1\/deployments' --body '\{"workload":/);
  await page.evaluate(() => sessionStorage.clear());
  await page.reload();
  await page.getByText('One connected tree.').waitFor();
  assert.match(await copied('Copy as curl'), /# The body is not known here[\s\S]*--data @body\.json/);
  await page.getByRole('link', { name: 'Replay' }).click();
  await page.getByText('Its body is not known here', { exact: false }).waitFor();
  await page.locator('h2', { hasText: '/v1/deployments' }).waitFor();
  assert.equal(await page.getByRole('dialog').count(), 0);
  await page.goto(`${site.url}/send?again=${'0'.repeat(32)}`);
  await page.getByText('Nothing is known of that request any more', { exact: false }).waitFor();
  await close();
});

test('two runs side by side: what only one has, and which attributes differ', async () => {
  const { page, close } = await visit(browser, site, desk);
  await signIn(page, site);
  const whole = await sendJourney(page);
  await page.goto(site.url);
  await page.getByLabel('Reason').fill('fail-503');
  await page.getByRole('button', { name: 'Send and watch' }).click();
  const broken = new URL(await page.getByRole('alert').getByRole('link').getAttribute('href') ?? '', site.url).pathname.split('/').at(-1) ?? '';
  await page.goto(`${site.url}/journeys/${whole}`);
  await page.getByRole('link', { name: 'Compare with another run' }).click();
  await page.getByText('Two of those that are offered', { exact: false }).waitFor();
  await page.getByLabel('Second').selectOption(broken);
  assert.match(page.url(), new RegExp(`a=${whole}&b=${broken}`));
  await page.getByText('8 hops in both, 10 only in the first, 0 only in the second.').waitFor();
  const call = page.locator('[data-pair="both"]', { hasText: 'GET configuration' });
  await call.getByText('attributes differ').click();
  await call.getByText('http.response.status_code').waitFor();
  assert.match(await call.innerText(), /200\s*→\s*502/);
  await page.getByRole('button', { name: 'Swap' }).click();
  await page.getByText('8 hops in both, 0 only in the first, 10 only in the second.').waitFor();
  await close();
});

test('time travel: main at the moment of the request, beside what the hops say', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site);
  const head = site.gateway?.world.head ?? '';
  await sendJourney(page);
  await page.locator('summary', { hasText: 'What was deployed and configured then' }).click();
  await page.locator(`[data-moment="${head}"]`).waitFor();
  assert.match(await page.locator('tr[data-workload="gateway"]').innerText(), /worktree 1 replica\s+worktree\s*set to 5d41402abc4b/);
  assert.match(await page.locator('tr[data-workload="auth"]').innerText(), /no hop in this journey/);
  await page.getByText('rateLimit').waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('a link to a hop opens it and brings it into sight', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site);
  const traceId = await sendJourney(page);
  const last = await page.locator('li[data-hop]').last().getAttribute('data-hop');
  await page.goto(`${site.url}/journeys/${traceId}?hop=${last}`);
  await page.getByRole('button', { name: 'Link to this hop' }).waitFor();
  await page.waitForFunction((id) => {
    const { top } = document.querySelector(`[data-hop="${id}"]`)?.getBoundingClientRect() ?? { top: -1 };
    return top >= 0 && top < window.innerHeight;
  }, last);
  assert.deepEqual(faults, []);
  await close();
});

test('the documents: from one to another, found by title, markup of theirs shown as text', async () => {
  const { page, faults, close } = await visit(browser, site, desk, /status of 404/);
  await signIn(page, site, '/docs');
  await page.locator('[data-doc="README.md"]').waitFor();
  await page.getByLabel('Find a document').fill('one typed');
  assert.equal(await page.getByRole('navigation', { name: 'Documents' }).getByRole('link').count(), 1);
  await page.getByRole('navigation', { name: 'Documents' }).getByRole('link').click();
  await page.waitForURL(/\/docs\/platform\/decisions\/0001-one-model\.md$/);
  await page.locator('[data-doc] h1').waitFor();
  assert.equal(await page.locator('.doc :is(img, script, iframe)').count(), 0);
  const dead = await page.locator('.doc a[href^="/docs/"]').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  for (const href of dead) assert.equal((await page.request.get(site.url + href)).status(), 200, String(href));
  await page.goto(`${site.url}/docs/../../etc/passwd`);
  await page.goto(`${site.url}/docs/etc/passwd`);
  await page.getByText('No such station').waitFor();
  await page.goto(`${site.url}/glossary#hop`);
  await page.locator('#hop').getByText('One step of a journey', { exact: false }).waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('of a journey that is too large it is said what is left out, and not that it is one tree', async () => {
  const { page, close } = await visit(browser, site, desk, /503/);
  await signIn(page, site, `/journeys/${CUT}`);
  await page.getByText('Too large to be shown whole: at least 2000 more hops and 1 more log line are left out.').waitFor();
  await page.getByText('All that is shown of it has come.').waitFor();
  assert.equal(await page.getByText('One connected tree.').count(), 0);
  await close();
});

test('a link to a hop far down a large journey shows it; the stops stand below each other, open and closed', async () => {
  const { page, close } = await visit(browser, site, desk, /503/);
  await signIn(page, site, `/journeys/${LARGE}`);
  const stops = page.locator('li[data-hop]');
  await stops.first().waitFor();
  const count = Number(await stops.first().getAttribute('aria-setsize'));
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight * 0.7));
  await page.waitForFunction((from) => Number(document.querySelector('li[data-hop]')?.getAttribute('aria-posinset')) > from, count / 2);
  const far = await stops.nth(8).getAttribute('data-hop') ?? '';
  await page.goto(`${site.url}/journeys/${LARGE}?hop=${far}`);
  const found = page.locator(`li[data-hop="${far}"]`);
  await found.locator('button[aria-expanded="true"]').waitFor();
  await until('it is in sight', () => found.evaluate((one) => one.getBoundingClientRect().bottom > 0 && one.getBoundingClientRect().top < window.innerHeight || undefined));
  const gaps = () => page.evaluate(() => {
    const boxes = [...document.querySelectorAll('li[data-hop]')].toSorted((a, b) => Number(a.getAttribute('aria-posinset')) - Number(b.getAttribute('aria-posinset'))).map((one) => one.getBoundingClientRect());
    return boxes.slice(1).map(({ top }, i) => Math.round(top - (boxes[i]?.bottom ?? 0)));
  });
  await until('no two overlap', async () => (await gaps()).every((gap) => gap === 0) || undefined);
  await found.getByRole('button', { expanded: true }).first().click();
  await found.locator('button[aria-expanded="false"]').first().waitFor();
  await until('what was below has moved up', async () => (await gaps()).every((gap) => gap === 0) || undefined);
  await close();
});
