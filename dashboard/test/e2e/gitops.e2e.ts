/**
 * Two people and one knob, as the loop is meant: a change becomes a pull request, its author cannot approve it, a second
 * person can, it is merged and rolled out, rolled back with a reason, and not taken again. Runs on the real platform
 * (JOURNEY_URL …) and on the fake gateway (JOURNEY_FAKE=1); how long each took is told, and judged by `./journey drill delivery`.
 */
import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Site } from './site.ts';
import { openStage } from './stage.ts';
import { askApi, signIn, until, visit, type Someone } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const phone = { width: 390, height: 844, colours: 'dark' } as const;
const { site, browser } = await openStage();

test('knob, pull request, approval by a second person, merge, rollout, rollback, and never again', async (t) => {
  const author = await visit(browser, site, desk, /status of (403|409)/);
  await signIn(author.page, site, '/environments');
  const second = await newPerson(author.page);
  const old = await rateLimit(author.page);
  const wanted = old + 1;

  const number = await turnKnob(author.page, wanted, 'The load test needs a little more');
  await author.page.goto(`${site.url}/pulls/${number}`);
  await author.page.locator('pre[data-diff]').waitFor();
  const { diff } = await askApi(author.page, 'GET', `/v1/pulls/${number}`) as { diff: { text: string } };
  const shown = await author.page.locator('pre[data-diff]').textContent() ?? '';
  t.diagnostic(`diff of pull request ${number}: sha256 ${createHash('sha256').update(shown).digest('hex')}`);
  assert.equal(shown, diff.text, 'the diff is the same, byte by byte');
  assert.match(diff.text, /rateLimit/);
  assert.ok(await author.page.locator('[data-fact="knob/rateLimit"]').first().isVisible(), 'and is drawn for people');
  assert.ok(await author.page.getByRole('button', { name: 'Approve' }).isDisabled(), 'the author cannot approve');
  await author.page.getByText('You wrote it, so somebody else approves.').waitFor();
  await assert.rejects(askApi(author.page, 'POST', `/v1/pulls/${number}/approval`, { commit: await headOf(author.page, number) }), /answered 403/, 'not by the API either');

  const reviewer = await visit(browser, site, phone);
  await signIn(reviewer.page, site, `/pulls/${number}`, second);
  assert.equal(await reviewer.page.locator('pre[data-diff]').textContent(), diff.text);
  await reviewer.page.getByRole('button', { name: 'Approve', disabled: false }).click();
  await reviewer.page.getByText('You have approved this diff.').waitFor();
  assert.deepEqual(reviewer.faults, []);
  await reviewer.close();

  await author.page.getByRole('button', { name: 'Merge', disabled: false }).click();
  await author.page.locator('[data-state="merged"]').first().waitFor();
  const merged = Date.now();
  await until('the new limit', () => answersWith(site, author.page, wanted), 60_000);
  await author.page.locator('[data-rollout="local"]').getByText(/gateway answers with \S+ since/).waitFor({ timeout: 60_000 });
  const healthyMs = Date.now() - merged;
  t.diagnostic(`merge to healthy: ${healthyMs} ms`);
  // Watched for a while after that, before the change counts as good.
  await author.page.getByText('It is what answers now').waitFor({ timeout: 60_000 });
  assert.equal(await rateLimit(author.page), wanted);

  await author.page.getByRole('link', { name: 'Roll it back' }).click();
  const dialog = author.page.getByRole('dialog', { name: 'Roll back' });
  await dialog.locator('[data-fact="knob/rateLimit"]').first().waitFor();
  await dialog.getByLabel('Reason').fill('It was only for the test');
  const asked = Date.now();
  await dialog.getByRole('button', { name: 'Roll it back' }).click();
  await until('the old limit', () => answersWith(site, author.page, old), 60_000);
  const backMs = Date.now() - asked;
  t.diagnostic(`rollback to the old value answering: ${backMs} ms`);
  await dialog.getByText('It is what answers now').waitFor({ timeout: 60_000 });
  assert.equal(await rateLimit(author.page), old);
  await dialog.getByRole('button', { name: 'Close' }).click();

  const undone = author.page.locator('[data-entry][data-undone]').filter({ hasText: `rateLimit ${old} → ${wanted}` }).first();
  await undone.getByText(new RegExp(`^Taken back in commit [0-9a-f]{7} by ${escaped(site.name)}: It was only for the test$`)).waitFor();
  assert.match(await undone.innerText(), new RegExp(`asked by ${escaped(site.name)}, approved by ${escaped(second.name)}`));
  const hold = author.page.locator('[data-hold="knob/rateLimit"]').filter({ hasText: String(wanted) }).first();
  await hold.getByText('It was only for the test').waitFor();

  await author.page.goto(`${site.url}/environments?act=knob&in=local`);
  await fillKnob(author.page, wanted, 'Once more');
  await author.page.getByRole('dialog').getByRole('alert').getByText(/is held since it was taken back/).waitFor();

  // Leaves nothing behind that a next run would trip over.
  await author.page.goto(`${site.url}/history`);
  await author.page.locator('[data-hold="knob/rateLimit"]').filter({ hasText: String(wanted) }).first().getByRole('button', { name: /^Lift the hold/ }).click();
  const lifting = author.page.getByRole('dialog');
  await lifting.getByLabel('Reason').fill('The test is over');
  await lifting.getByRole('button', { name: 'Lift the hold' }).click();
  await lifting.waitFor({ state: 'detached' });
  assert.deepEqual(author.faults, []);
  await author.close();
});

async function newPerson(page: Page): Promise<Someone> {
  const person = { name: `second-${randomUUID().slice(0, 8)}@example.com`, password: randomUUID() };
  await askApi(page, 'POST', '/v1/people', { ...person, roles: ['operator'] });
  return person;
}

async function rateLimit(page: Page): Promise<number> {
  const { environments } = await askApi(page, 'GET', '/v1/environments') as { environments: readonly { name: string; knobs: readonly { name: string; value: number }[] }[] };
  const value = environments.find(({ name }) => name === 'local')?.knobs.find(({ name }) => name === 'rateLimit')?.value;
  assert.equal(typeof value, 'number');
  return value ?? 0;
}

/** The limit that the gateway itself holds to, as every answer of it says; behind the fake one nothing is limited. */
async function answersWith({ fake }: Site, page: Page, value: number): Promise<true | undefined> {
  if (fake) return await rateLimit(page) === value || undefined;
  const policy = await page.evaluate(async () => (await fetch('/api/v1/workloads')).headers.get('ratelimit-policy'));
  return policy?.includes(`;q=${value};`) || undefined;
}

/** As a person does it, from the matrix to the pull request. */
async function turnKnob(page: Page, value: number, reason: string): Promise<number> {
  await page.getByRole('group', { name: 'Change local' }).locator('visible=true').getByRole('button', { name: 'Knob' }).click();
  await fillKnob(page, value, reason);
  const link = page.getByRole('dialog').getByRole('link', { name: /Open pull request #\d+/ });
  await link.waitFor({ timeout: 60_000 });
  return Number(/#(\d+)/.exec(await link.innerText())?.[1]);
}

async function fillKnob(page: Page, value: number, reason: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Turn a knob of local' });
  await dialog.getByLabel('Knob').selectOption('rateLimit');
  await dialog.getByLabel('Value').fill(String(value));
  await dialog.getByLabel('Reason').fill(reason);
  await dialog.getByRole('button', { name: 'Ask for it' }).click();
}

async function headOf(page: Page, number: number): Promise<string> {
  return until('the pull request', async () => {
    const { pull } = await askApi(page, 'GET', `/v1/pulls/${number}`) as { pull: { head: string } };
    return pull.head;
  });
}

function escaped(text: string): string {
  return text.replaceAll(/[.+*?^$()[\]{}|\\]/g, '\\$&');
}
