/** Pull requests as two people see them, and what hinders. Needs JOURNEY_FAKE=1: the story is the fake gateway's. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { openStage } from './stage.ts';
import { askApi, signIn, until, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const phone = { width: 390, height: 844, colours: 'dark' } as const;
const as = (name: string) => ({ name, password: 'a long enough password' });
const { site, browser } = await openStage();

test('the text of a diff is on the page byte by byte, below the same drawn for people', async () => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/pulls/7');
  const text = await page.locator('pre[data-diff]').textContent();
  assert.equal(text, site.gateway?.world.pulls.find(({ pull }) => pull.number === 7)?.diff.text);
  const fact = page.locator('[data-fact="knob/logLevel"]');
  assert.match(await fact.innerText(), /logLevel info → debug/);
  assert.match(await fact.innerText(), /environments\/local\.ts:31/);
  assert.equal(await fact.locator('[data-risk="availability"]').count(), 1);
  assert.equal(await page.locator('[data-group="gateway"]').getByText('gateway.AUTH_URL').count(), 1, 'hops that change are named');
  await page.getByText('1 rendered file differs').click();
  await page.getByText('+    "knob/logLevel": "debug"').first().waitFor();
  assert.deepEqual(faults, []);
  await close();
});

test('the author cannot approve, a second person can; then it is merged and watched until it answers', async () => {
  const author = await visit(browser, site, desk);
  await signIn(author.page, site, '/pulls/7');
  assert.ok(await author.page.getByRole('button', { name: 'Approve' }).isDisabled());
  await author.page.getByText('You wrote it, so somebody else approves.').waitFor();
  await author.page.getByText('It needs 1 more approval by somebody other than admin@localhost.').waitFor();
  assert.ok(await author.page.getByRole('button', { name: 'Merge' }).isDisabled());

  const second = await visit(browser, site, phone);
  await signIn(second.page, site, '/pulls/7', as('second@localhost'));
  await second.page.getByRole('button', { name: 'Approve' }).click();
  await second.page.getByText('You have approved this diff.').waitFor();
  assert.ok(await second.page.locator('[data-approval="second@localhost"]').isVisible());

  // The author sees it without loading the page again.
  await author.page.getByRole('button', { name: 'Merge', disabled: false }).waitFor();
  await author.page.getByRole('button', { name: 'Merge' }).click();
  await author.page.locator('[data-rollout="local"] [data-phase="Progressing"]').waitFor();
  await author.page.getByText(/gateway answers with worktree since \d\d:\d\d:\d\d/).waitFor();
  await author.page.getByText('It is what answers now').waitFor();
  await author.page.getByRole('link', { name: 'Roll it back' }).waitFor();
  assert.deepEqual([...author.faults, ...second.faults], []);
  await author.close();
  await second.close();
});

test('what counts is what the service says: an older commit with the same diff does, one with another does not', async () => {
  const kept = site.gateway?.world.pulls.find(({ pull }) => pull.number === 8);
  assert.ok(kept);
  const before = kept.pull;
  const older = (by: string, counts: boolean) => ({ by, at: before.openedAt, commit: 'a'.repeat(40), counts });
  kept.pull = { ...before, approvals: [older('otto@localhost', false), older('admin@localhost', true)] };
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, '/pulls');
  await page.locator('[data-pull="8"]').getByText('1 of 1 approvals').click();
  await page.getByRole('heading', { name: 'Approvals: 1 of 1 approvals' }).waitFor();
  await page.locator('[data-approval="otto@localhost"]').getByText('of an older commit: it does not count').waitFor();
  await page.locator('[data-approval="admin@localhost"]').getByText('of an older commit with the same diff: it counts').waitFor();
  assert.ok(await page.getByRole('button', { name: 'Approve' }).isDisabled());
  await page.getByText('You have approved this diff.').waitFor();
  kept.pull = before;
  assert.deepEqual(faults, []);
  await close();
});

test('a check that still runs is under way, not failed', async () => {
  const { page, faults, close } = await visit(browser, site, phone);
  await signIn(page, site, '/pulls');
  const { id } = await askApi(page, 'POST', '/v1/deployments', { workload: 'monitoring', environment: 'local', revision: 'e'.repeat(40), reason: 'unready' });
  const number = await until('a pull request', async () => (await askApi(page, 'GET', `/v1/deployments/${String(id)}`))['pull']);
  await page.goto(`${site.url}/pulls/${String(number)}`);
  const check = page.locator('[data-check="prepare monitoring"]');
  await check.getByText('under way').waitFor();
  assert.equal(await check.getByText('failed').count(), 0);
  assert.equal(await page.locator('[data-check="synth"]').getAttribute('data-outcome'), 'passed');
  const kept = site.gateway?.world.pulls.find(({ pull }) => pull.number === number);
  assert.ok(kept);
  // The page sees how it ends without being loaded again.
  kept.checks = kept.checks.map((each) => ({ ...each, passed: !each.running, running: false }));
  await check.getByText('failed').waitFor();
  await askApi(page, 'POST', `/v1/pulls/${String(number)}/closing`, { reason: 'Looked at' });
  assert.deepEqual(faults, []);
  await close();
});

test('where only an admin\'s approval is taken, an operator is told so before the click', async () => {
  const kept = site.gateway?.world.pulls.find(({ pull }) => pull.number === 8);
  assert.ok(kept);
  const before = kept.pull;
  // Of somebody else: the operator here wrote it otherwise.
  kept.pull = { ...before, author: 'otto@localhost' };
  if (site.gateway) site.gateway.world.requests = site.gateway.world.requests.map((each) => (each.id === before.change ? { ...each, requestedBy: 'otto@localhost' } : each));
  const operator = await visit(browser, site, desk);
  await signIn(operator.page, site, '/pulls/8', as('second@localhost'));
  await operator.page.getByText('production wants the approval of an admin, and you are none.').waitFor();
  assert.ok(await operator.page.getByRole('button', { name: 'Approve' }).isDisabled());
  const admin = await visit(browser, site, phone);
  await signIn(admin.page, site, '/pulls/8');
  await admin.page.getByRole('button', { name: 'Approve', disabled: false }).waitFor();
  kept.pull = before;
  assert.deepEqual([...operator.faults, ...admin.faults], []);
  await operator.close();
  await admin.close();
});

test('every hindrance is shown, and closing wants a reason', async () => {
  const { page, close } = await visit(browser, site, phone, /status of 502/);
  await signIn(page, site, '/pulls/8');
  const hindrances = page.locator('[data-hindrances] li');
  await hindrances.first().waitFor();
  assert.deepEqual(await hindrances.allInnerTexts(), ['It needs 1 more approval by somebody other than second@localhost.', 'The window of production is closed until 2030-01-01T08:00:00Z: wait for it.']);
  await page.getByRole('button', { name: 'Close' }).click();
  const dialog = page.getByRole('dialog', { name: 'Close pull request #8' });
  await dialog.waitFor();
  await page.goBack();
  await dialog.waitFor({ state: 'detached' });
  await page.goto(`${site.url}/pulls/8?act=close`);
  await dialog.getByLabel('Reason').fill('fail-503');
  await dialog.getByRole('button', { name: 'Close it' }).click();
  await dialog.getByRole('alert').getByText('The forge cannot be reached.').waitFor();
  await dialog.getByLabel('Reason').fill('Nobody is there on Friday');
  await dialog.getByRole('button', { name: 'Close it' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.waitForURL(`${site.url}/pulls/8`);
  await page.getByText('The pull request was closed without merging').waitFor();
  await page.getByText('Closed by admin@localhost: Nobody is there on Friday').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Merge' }).count(), 0);
  await close();
});

test('a commit that came while reading has to be looked at before it is decided about', async () => {
  const { page, close } = await visit(browser, site, desk);
  await signIn(page, site, '/environments?act=scale&in=local&workload=auth');
  await page.getByLabel('Replicas', { exact: true }).fill('3');
  await page.getByLabel('Reason').fill('More people');
  await page.getByRole('button', { name: 'Ask for it' }).click();
  await page.getByRole('link', { name: /Open pull request/ }).click();
  await page.waitForURL(/\/pulls\/\d+$/);
  const number = Number(new URL(page.url()).pathname.split('/').at(-1));
  await close();
  const second = await visit(browser, site, desk);
  await signIn(second.page, site, `/pulls/${number}`, as('second@localhost'));
  await second.page.getByRole('button', { name: 'Approve', disabled: false }).waitFor();
  const kept = site.gateway?.world.pulls.find(({ pull }) => pull.number === number);
  assert.ok(kept);
  kept.pull = { ...kept.pull, head: 'b'.repeat(40) };
  await second.page.getByText('Another commit has taken its place while you looked.').waitFor();
  assert.ok(await second.page.getByRole('button', { name: 'Approve' }).isDisabled());
  await second.page.getByRole('button', { name: 'I have seen the new diff' }).click();
  await second.page.getByRole('button', { name: 'Approve', disabled: false }).waitFor();
  await second.close();
});

test('the list is sifted by the address, and shows what never became a pull request', async () => {
  const { page, close } = await visit(browser, site, desk);
  await signIn(page, site, '/pulls?state=merged');
  await page.locator('[data-pull]').first().waitFor();
  assert.deepEqual(await page.locator('[data-pull] [data-state]').evaluateAll((marks) => [...new Set(marks.map((mark) => mark.getAttribute('data-state')))]), ['merged']);
  await page.getByLabel(/^All/).click();
  await page.waitForURL(`${site.url}/pulls`);
  await page.getByRole('heading', { name: 'Asked for, without a pull request' }).waitFor();
  await page.getByText('Refused before it became a pull request').first().waitFor();
  await close();
});

test('the list says how many open ones it leaves out', async () => {
  const world = site.gateway?.world;
  assert.ok(world);
  world.unlisted = 12;
  const { page, close } = await visit(browser, site, phone);
  await signIn(page, site, '/pulls?state=open');
  await page.getByText('12 older open pull requests are not in this list.').waitFor();
  const listed = await page.locator('[data-pull]').count();
  assert.match(await page.locator('label', { hasText: /^Open/ }).innerText(), new RegExp(`${listed + 12}$`));
  await page.getByLabel(/^Merged/).click();
  await page.locator('[data-unlisted]').waitFor({ state: 'detached' });
  await close();
  world.unlisted = 0;
});

test('a pull request and a journey know their request, however many were asked for after it', async () => {
  const world = site.gateway?.world;
  const old = world?.requests.find(({ reason }) => reason === 'Faster mail');
  const refused = world?.requests.find(({ status }) => status === 'refused');
  assert.ok(world && old && refused);
  const before = world.requests;
  world.requests = [...Array.from({ length: 60 }, () => ({ ...refused, id: randomUUID() })), ...before];
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site, `/pulls/${old.pull}`);
  await page.getByRole('region', { name: 'Asked as' }).getByText('Taken back by itself.').waitFor();
  await page.goto(`${site.url}/journeys/${old.traceId}`);
  await page.getByRole('region', { name: 'The change it asked for' }).getByText('Taken back by itself.').waitFor();
  assert.deepEqual(faults, []);
  await close();
  world.requests = before;
});

test('no pull request yet, none of this number, and nobody there', async () => {
  const empty = await visit(browser, site, phone);
  await signIn(empty.page, site, '/pulls', as('empty@localhost'));
  await empty.page.getByText('No pull request yet.').waitFor();
  await empty.page.getByRole('link', { name: 'Go to the environments' }).click();
  await empty.page.waitForURL('**/environments');
  await empty.close();
  const { page, faults, close } = await visit(browser, site, desk, /status of (404|502)/);
  await signIn(page, site, '/pulls/999');
  await page.getByRole('alert').getByText('There is no such pull request.').waitFor();
  await page.goto(`${site.url}/pulls/0x1`);
  await page.getByRole('heading', { name: 'No such station' }).waitFor();
  assert.deepEqual(faults, []);
  await close();
  const away = await visit(browser, site, desk, /status of 502/);
  await signIn(away.page, site, '/pulls', as('away@localhost'));
  await away.page.getByRole('alert').getByText('deployment cannot be reached.').waitFor();
  await away.close();
});
