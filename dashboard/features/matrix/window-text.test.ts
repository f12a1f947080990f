import { expect, test } from '@jest/globals';
import { windowText } from './window-text.ts';

test('days and hours are told as people tell them; all else as it is written', () => {
  expect(windowText('0 8 * * 1-4 for 8 h (Europe/Dublin)')).toBe('Mon–Thu 08:00–16:00, Europe/Dublin');
  expect(windowText('30 22 * * 0,6 for 4 h (UTC)')).toBe('Sun, Sat 22:30–02:30, UTC');
  expect(windowText('0 6 * * * for 1 h (UTC)')).toBe('daily 06:00–07:00, UTC');
  expect(windowText('0 8 1 * * for 8 h (UTC)')).toBe('0 8 1 * * for 8 h (UTC)');
  expect(windowText('whenever')).toBe('whenever');
});
