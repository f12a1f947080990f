/**
 * Who was seen to use what, beside what the model declares, after a full run: every declared edge is seen and none but those. Runs
 * on the real platform after the files before it by name, which fire an alert (alerts.real) and deliver a change (gitops). Needs
 * JOURNEY_STATUS.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStage } from './stage.ts';
import { sendJourney, signIn, until, visit } from './visitor.ts';

const { site, browser } = await openStage();

test('every declared edge was seen, and no other', async (t) => {
  const { page, faults, close } = await visit(browser, site, { width: 1280, height: 860, colours: 'light' });
  await signIn(page, site);
  await sendJourney(page);
  await askNotification();
  await page.goto(`${site.url}/services?standard=1&range=1h`);
  const standing = async (which: string) => await page.locator(`tr[data-edge][data-standing="${which}"]`).evaluateAll((rows) => rows.map((row) => row.getAttribute('data-edge') ?? ''));
  await page.locator('tr[data-edge][data-standing="seen"]').first().waitFor();
  const missing = await until('every edge that is declared', async () => {
    const unseen = await standing('unseen');
    return unseen.length === 0 ? unseen : undefined;
  }, 60_000).catch(() => standing('unseen'));
  const seen = await standing('seen');
  t.diagnostic(`measured: ${seen.length} of ${seen.length + missing.length} declared edges seen in this run`);
  assert.deepEqual(missing, []);
  assert.ok(seen.length > 30, `${seen.length} edges`);
  // Tests are no workloads: this one asks notification past the gateway, and search.real hands lines to monitoring. That is seen, and nothing else.
  assert.deepEqual((await standing('undeclared')).filter((edge) => edge !== 'unknown.?>monitoring'), ['unknown.?>notification']);
  assert.deepEqual(faults, []);
  await close();
});

/** The one route for a person that is not behind the gateway: it is why notification fetches keys. */
async function askNotification(): Promise<void> {
  const { processes } = JSON.parse(process.env['JOURNEY_STATUS'] ?? '{"processes":[]}') as { readonly processes: readonly { readonly name: string; readonly urls: Readonly<Record<string, string>> }[] };
  const [gateway, notification] = ['gateway', 'notification'].map((name) => processes.find((one) => one.name === name)?.urls['http'] ?? '');
  const signedIn = await fetch(`${gateway}/v1/tokens`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: site.name, password: site.password }) });
  const { token } = await signedIn.json() as { readonly token: string };
  const { status } = await fetch(`${notification}/v1/notifications`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(status, 200);
}
