/** The history of main: comparing, rolling back, and what is held. Needs JOURNEY_FAKE=1: the story is the fake gateway's. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { openStage } from './stage.ts';
import { signIn, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const phone = { width: 390, height: 844, colours: 'light' } as const;
const as = (name: string) => ({ name, password: 'a long enough password' });
const { site, browser } = await openStage();

test('who, why, when and who approved; what was taken back is marked, with what was seen of it', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/history');
  const entries = page.locator('[data-entry]');
  await entries.first().waitFor();
  const automatic = entries.filter({ hasText: 'take back notification' });
  const bad = page.locator('[data-entry][data-undone]').filter({ hasText: 'notification worktree → 9c4e1d0' });
  await bad.getByText(/^Taken back in commit [0-9a-f]{7} by itself\.$/).waitFor();
  await bad.getByText('readiness answered 503').waitFor();
  assert.equal(await automatic.getByRole('link', { name: 'Pull request #6' }).getAttribute('href'), '/pulls/6');
  assert.match(await automatic.getByRole('link', { name: /^Journey [0-9a-f]{8}$/ }).getAttribute('href') ?? '', /^\/journeys\/[0-9a-f]{32}$/);
  const scaled = entries.filter({ hasText: 'local: gateway 1 → 3 replicas' });
  assert.match(await scaled.innerText(), /asked by admin@localhost, approved by second@localhost\s+Before the demonstration\s+Taken back in commit [0-9a-f]{7} by admin@localhost: The demonstration is over\n/);
  assert.equal((await scaled.innerText()).match(/taken back/gi)?.length, 1, 'one fact, said once');
  assert.equal(await scaled.getByRole('button', { name: 'Roll back' }).count(), 0, 'what was taken back is not taken back twice');
  await page.getByRole('button', { name: 'Show older' }).click();
  await entries.filter({ hasText: 'rateLimit 100 → 200' }).waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('any two points are compared, by two marks or by an address; the text is the CLI’s', async () => {
  const { page, close } = await visit(browser, site, phone);
  await signIn(page, site, '/history');
  const marks = page.getByRole('checkbox', { name: /^Compare/ });
  await marks.nth(0).click();
  await page.getByText('Mark one more point.').waitFor();
  await marks.nth(2).click();
  await page.getByRole('heading', { name: 'Between two points' }).waitFor();
  const [newer, , older] = site.gateway?.world.history ?? [];
  assert.equal(new URL(page.url()).search, `?from=${older?.commit}&to=${newer?.commit}`, 'the older one is where it begins');
  const text = await page.locator('pre[data-diff]').textContent();
  assert.ok(text?.startsWith('## '));
  await page.reload();
  assert.equal(await page.locator('pre[data-diff]').textContent(), text);
  await page.getByRole('button', { name: 'Back to the list' }).click();
  assert.equal(await page.locator('pre[data-diff]').count(), 0);
  await close();
});

test('a rollback shows first what it would change, wants a reason, is followed to its end, and holds what it takes back', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/history');
  await page.getByRole('button', { name: 'Show older' }).click();
  await page.getByRole('button', { name: 'Roll back: local: rateLimit 100 → 200' }).click();
  const dialog = page.getByRole('dialog', { name: 'Roll back' });
  await dialog.locator('[data-fact="knob/rateLimit"]').waitFor();
  assert.match(await dialog.innerText(), /A preview[\s\S]*rateLimit 200 → 100/);
  assert.ok(await dialog.locator('[data-group="gateway"]').getByText('gateway.AUTH_URL').isVisible(), 'the hops that change are named');
  await dialog.getByRole('button', { name: 'Roll it back' }).click();
  assert.equal(await dialog.getByLabel('Reason').evaluate((field: HTMLInputElement) => field.validity.valueMissing), true);
  await dialog.getByLabel('Reason').fill('It lets too much through');
  await dialog.getByRole('button', { name: 'Roll it back' }).click();
  await dialog.getByText('It is what answers now').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.locator('[data-hold="knob/rateLimit"]').getByText('It lets too much through').waitFor();
  await page.locator('[data-entry][data-undone]').filter({ hasText: 'rateLimit 100 → 200' }).waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('a pull request of long ago is taken back from its own page: the commit is looked for on main', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  const oldest = site.gateway?.world.history.at(-1);
  await signIn(page, site, `/pulls/${oldest?.pull}`);
  await page.getByRole('link', { name: 'Roll it back' }).click();
  const dialog = page.getByRole('dialog', { name: 'Roll back' });
  await dialog.getByText(/deployment worktree →/).waitFor();
  await dialog.locator('[data-fact]').first().waitFor();
  assert.equal(await page.locator(`[data-entry="${oldest?.commit}"]`).count(), 0, 'the list does not show it');
  await page.goto(`${site.url}/history?rollback=${'e'.repeat(40)}`);
  await dialog.getByText('this commit is not found there').waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('what was seen of a change stays, however many came after it', async () => {
  const world = site.gateway?.world;
  const refused = world?.requests.find(({ status }) => status === 'refused');
  assert.ok(world && refused);
  const before = world.requests;
  world.requests = [...Array.from({ length: 50 }, () => ({ ...refused, id: randomUUID() })), ...before];
  const { page, close } = await visit(browser, site, phone);
  await signIn(page, site, '/history?workload=notification');
  await page.locator('[data-entry][data-undone]').getByText('readiness answered 503').waitFor();
  world.requests = before;
  await close();
});

test('production wants its name typed', async () => {
  const { page, close } = await visit(browser, site, desk);
  const world = site.gateway?.world;
  assert.ok(world?.head);
  const commit = 'd'.repeat(40);
  world.history.unshift({ commit, parents: [world.head], at: new Date().toISOString(), author: 'Request-Journey', title: 'Merge #90: production: gateway 3 → 5 replicas', approvedBy: ['second@localhost'], environments: ['production'], workloads: ['gateway'], kind: 'scale' });
  await signIn(page, site, `/history?rollback=${commit}`);
  const dialog = page.getByRole('dialog', { name: 'Roll back' });
  const asked = () => site.gateway?.asked.filter((line) => line === 'POST /v1/rollbacks').length;
  const before = asked();
  const confirm = dialog.getByLabel('Type production to confirm');
  await dialog.getByLabel('Reason').fill('Too many');
  await confirm.fill('staging');
  await dialog.getByRole('button', { name: 'Roll it back' }).click();
  assert.equal(await confirm.evaluate((field: HTMLInputElement) => field.validity.patternMismatch), true);
  assert.equal(asked(), before, 'nothing was asked for');
  await confirm.fill('production');
  await dialog.getByRole('button', { name: 'Roll it back' }).click();
  await dialog.getByText('Waits as a pull request').waitFor();
  await close();
});

test('a hold is lifted by an admin, with a reason; others see who could', async () => {
  const operator = await visit(browser, site, desk);
  await signIn(operator.page, site, '/history', as('second@localhost'));
  await operator.page.getByText('An admin can lift it.').waitFor();
  assert.ok(await operator.page.getByRole('button', { name: /^Lift the hold on release\/notification/ }).isDisabled());
  await operator.close();
  const { page, close } = await visit(browser, site, desk);
  await signIn(page, site, '/history');
  await page.getByRole('button', { name: /^Lift the hold on release\/notification/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Let release/notification be promoted again' });
  await dialog.waitFor();
  const { href } = new URL(page.url());
  assert.match(href, /[?&]lift=1$/);
  await page.goBack();
  await dialog.waitFor({ state: 'detached' });
  await page.goto(href);
  await dialog.getByLabel('Reason').fill('It is mended');
  await dialog.getByRole('button', { name: 'Lift the hold' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.locator('[data-hold="release/notification"]').waitFor({ state: 'detached' });
  await close();
});

test('the list is sifted by the address; nothing there, and nobody there', async () => {
  const { page, close } = await visit(browser, site, phone);
  await signIn(page, site, '/history?workload=gateway');
  await page.locator('[data-entry]').first().waitFor();
  for (const text of await page.locator('[data-entry]').allInnerTexts()) assert.match(text, /gateway/);
  await page.getByLabel('Environment').selectOption('dev');
  await page.getByText('Nothing matches.').waitFor();
  assert.equal(new URL(page.url()).search, '?workload=gateway&environment=dev');
  await close();
  const empty = await visit(browser, site, desk);
  await signIn(empty.page, site, '/history', as('empty@localhost'));
  await empty.page.getByText('Nothing was merged yet.').waitFor();
  await empty.page.getByText('Nothing is held.').waitFor();
  await empty.close();
  const away = await visit(browser, site, desk, /status of 502/);
  await signIn(away.page, site, '/history', as('away@localhost'));
  await away.page.getByRole('alert').getByText('deployment cannot be reached.').first().waitFor();
  await away.close();
});
