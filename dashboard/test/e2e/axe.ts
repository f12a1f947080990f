import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Run by the debugger, so the page's policy stays as it is; once for each page that was loaded. */
export async function loadAxe(page: Page): Promise<void> {
  await page.evaluate(axe);
}

/** axe-core's findings that keep somebody out. @param within a selector; without it the whole page */
export async function seriousFindings(page: Page, within?: string): Promise<readonly string[]> {
  const found = await page.evaluate(`axe.run(${within === undefined ? 'document' : JSON.stringify(within)}, { resultTypes: ["violations"] }).then(({ violations, passes }) => ({ violations, passes: passes.length }))`) as {
    readonly passes: number; readonly violations: readonly { readonly id: string; readonly impact: string; readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[] }[];
  };
  assert.ok(found.passes > 0, 'axe evaluated something');
  return found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`));
}
