/** Whoever asks for less motion gets none: the rule for all of the pages and the marks' own `motion-safe:` each hold alone. Needs JOURNEY_FAKE=1. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openStage } from './stage.ts';
import { signIn, visit } from './visitor.ts';

const { site, browser } = await openStage();
interface Scene { readonly path: string; /** What moves is on the page together with it. */ readonly shows: string; readonly act?: (page: Page) => Promise<unknown> }
const scenes: Readonly<Record<string, Scene>> = {
  'the mark of the overview': { path: '/', shows: 'main [class*="animate-"]' },
  'the mark of the metrics': { path: '/metrics', shows: 'main [class*="animate-"]' },
  'a journey under way': { path: '/', shows: '[data-under-way]', act: send },
};

for (const [name, scene] of Object.entries(scenes)) {
  test(`${name} moves; for whoever asks for it, it stands still, by itself too`, async () => {
    assert.notDeepEqual(await moving('no-preference', scene), []);
    assert.deepEqual(await moving('reduce', scene), []);
    assert.deepEqual(await moving('reduce', scene, async (page) => assert.equal(await page.evaluate(dropRule), 1, 'the rule of globals.css was there')), [], 'by motion-safe alone');
  });
}

test('what is written without motion-safe stands still too, by the rule of globals.css', async () => {
  const scene = { path: '/drift', shows: '#probe', act: (page: Page) => page.evaluate(addProbe) };
  assert.deepEqual((await moving('no-preference', scene)).filter((each) => each !== 'pulse').toSorted(), ['opacity', 'ride']);
  assert.deepEqual(await moving('reduce', scene), []);
});

/** @returns the names of what runs, in the moment in which it is on the page */
async function moving(motion: 'reduce' | 'no-preference', { path, shows, act }: Scene, before?: (page: Page) => Promise<void>): Promise<readonly string[]> {
  const { page, close } = await visit(browser, site, { width: 1280, height: 860, colours: 'light', motion });
  await signIn(page, site, path);
  await page.locator('main h1').first().waitFor();
  await before?.(page);
  await act?.(page);
  // Looked for and asked in one task: a journey has arrived before anybody asks a second time.
  const found = await page.waitForFunction((selector) => document.querySelector(selector) && document.getAnimations().filter(({ playState }) => playState === 'running')
    .map((each) => (each instanceof CSSAnimation ? each.animationName : each instanceof CSSTransition ? each.transitionProperty : 'another')), shows);
  const names = await found.jsonValue();
  await close();
  return names ?? [];
}

async function send(page: Page): Promise<void> {
  await page.getByLabel('Reason').fill('To watch it travel');
  await page.getByRole('button', { name: 'Send and watch' }).click();
}

/** Runs in the page: something that asks nobody before it moves. */
function addProbe(): void {
  const probe = document.createElement('p');
  probe.id = 'probe';
  document.body.append(probe);
  Object.assign(probe.style, { animation: 'ride 1s infinite', opacity: '1', transition: 'opacity 60s' });
  getComputedStyle(probe).getPropertyValue('opacity');
  probe.style.opacity = '0';
}

/** Runs in the page. @returns how many rules stopped everything and are gone now */
function dropRule(): number {
  const within = (rules: CSSRuleList, drop: (index: number) => void): number => Array.from(rules).toReversed().reduce((sum, rule, turned) => {
    if (rule instanceof CSSMediaRule && rule.conditionText.includes('reduced-motion: reduce') && Array.from(rule.cssRules).some((each) => each instanceof CSSStyleRule && each.selectorText.startsWith('*'))) {
      drop(rules.length - 1 - turned);
      return sum + 1;
    }
    return sum + (rule instanceof CSSGroupingRule ? within(rule.cssRules, (index) => rule.deleteRule(index)) : 0);
  }, 0);
  return Array.from(document.styleSheets).reduce((sum, sheet) => sum + within(sheet.cssRules, (index) => sheet.deleteRule(index)), 0);
}
