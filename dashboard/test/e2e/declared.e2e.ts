/**
 * What declared each hop, as the page shows it: the manifests have the bytes of the committed files, the line of the model
 * holds the name of the reference, and the commit is the one that `git blame` names. On the real platform git itself is asked.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openStage } from './stage.ts';
import { askApi, sendJourney, signIn, visit } from './visitor.ts';

const desk = { width: 1280, height: 860, colours: 'light' } as const;
const checkout = process.env['JOURNEY_CHECKOUT'] ?? join(import.meta.dirname, '../../..');
const implied = /\.(TELEMETRY_URL|KEYS_URL|WORKLOADS)$/;
const ENVIRONMENTS = ['local', 'dev', 'staging', 'production'] as const;
const { site, browser } = await openStage();

interface Declared {
  readonly commit: string;
  readonly source: { readonly path: string; readonly line: number; readonly from: number; readonly lines: readonly string[] };
  readonly put?: { readonly commit: string; readonly author: string };
  readonly manifests: readonly { readonly path: string; readonly text: string }[];
}

test('every hop of the golden journey shows its manifests byte by byte, its line, and who put it there', async (t) => {
  const { page, faults, close } = await visit(browser, site, desk);
  await signIn(page, site);
  await sendJourney(page);
  const traceId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const { hops } = await askApi(page, 'GET', `/v1/journeys/${traceId}`) as { hops: readonly { spanId: string; service: string; attributes: Record<string, unknown> }[] };
  const hopOf = new Map(hops.map(({ spanId, service, attributes }) => [String(attributes['journey.reference'] ?? service), spanId]));
  const subjects = [...hopOf.keys()];
  let manifests = 0;
  const judged = new Map<string, Declared>();
  for (const environment of ENVIRONMENTS) {
    for (const subject of subjects) {
      const declared = await askApi(page, 'GET', `/v1/environments/${environment}/declaration?${subject.includes('.') ? 'reference' : 'workload'}=${subject}`) as unknown as Declared;
      manifests += declared.manifests.length;
      judge(environment, subject, declared);
      judged.set(`${subject} in ${environment}`, declared);
    }
  }
  t.diagnostic(`${hops.length} hops, ${subjects.length} declarations in four environments, ${manifests} manifests`);
  assert.ok(subjects.length >= 6 && manifests > subjects.length);
  for (const kind of ['sql', 'message', 'cache']) await open(page, kind);
  // On the page, too: a hop of every subject, with the environments by turns.
  for (const [turn, subject] of subjects.entries()) {
    const environment = ENVIRONMENTS[turn % ENVIRONMENTS.length] ?? 'local';
    await page.goto(`${site.url}/journeys/${traceId}?hop=${hopOf.get(subject)}&in=${environment}`);
    await shownAs(page, `${subject} in ${environment}`, judged.get(`${subject} in ${environment}`));
  }
  assert.deepEqual(faults, []);
  await close();
});

function judge(environment: string, subject: string, { commit, source, put, manifests }: Declared): void {
  const what = `${subject} in ${environment}`;
  const line = source.lines[source.line - source.from] ?? '';
  // What every workload has follows from its being one: the line of the workload says it.
  const [workload = '', key = workload] = subject.split('.');
  assert.ok(line.includes(implied.test(subject) ? workload : key), `${what}: the line is "${line}"`);
  for (const { path, text } of manifests) assert.equal(text, fileOf(commit, path), `${what}: ${path}`);
  if (site.fake) return;
  const blamed = git('blame', '--porcelain', '-L', `${source.line},${source.line}`, commit, '--', source.path).split('\n');
  assert.equal(put?.commit, blamed[0]?.slice(0, 40), `${what}: git blame`);
  assert.ok(blamed.includes(`author-mail <${put?.author}>`), `${what}: ${put?.author}`);
}

/** What the page of an opened hop shows is what was judged. */
async function shownAs(page: Page, what: string, declared: Declared | undefined): Promise<void> {
  assert.ok(declared, what);
  const { source, manifests, put } = declared;
  const marked = page.locator('[data-source] [data-marked]');
  await marked.first().waitFor();
  assert.ok((await marked.first().textContent())?.includes((source.lines[source.line - source.from] ?? '?').trim()), `${what}: the line of the model`);
  const shown = await page.locator('[data-declaration] pre[data-manifest]').evaluateAll((all) => all.map((one) => [one.getAttribute('data-manifest'), one.textContent]));
  assert.deepEqual(shown, manifests.map(({ path, text }) => [path, text]), `${what}: the manifests`);
  if (put) await page.locator(`[data-put="${put.commit}"]`).first().waitFor();
}

/** Opens one hop of a kind; what the page shows has the bytes of the file. */
async function open(page: Page, kind: string): Promise<void> {
  await page.locator(`li[data-line="${kind}"] button[aria-expanded]`).first().click();
  const shown = page.locator('[data-declaration] pre[data-manifest]').first();
  await shown.waitFor();
  const path = await shown.getAttribute('data-manifest') ?? '';
  assert.equal(await shown.textContent(), fileOf('main', path), `${kind}: ${path}`);
  await page.locator('[data-put]').first().waitFor();
  assert.equal(await page.locator('[data-source] [data-marked]').count(), 1);
  await page.locator(`li[data-line="${kind}"] button[aria-expanded="true"]`).first().click();
}

function fileOf(commit: string, path: string): string {
  return site.fake ? readFileSync(join(checkout, path), 'utf8') : git('show', `${commit}:${path}`);
}
function git(...args: readonly string[]): string {
  return execFileSync('git', ['--git-dir', join(checkout, '.journey', 'remote.git'), ...args], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}
