import { formatDuration } from '../../ui/format.ts';

/** `0.42`, `12.5`, `1,204`: requests per second, three figures or so; what is not nothing never reads as nothing. */
export function formatRate(perSecond: number): string {
  if (perSecond === 0) return '0';
  if (perSecond < 0.005) return '< 0.01';
  if (perSecond < 9.995) return perSecond.toFixed(2);
  return perSecond < 99.95 ? perSecond.toFixed(1) : Math.round(perSecond).toLocaleString('en-GB');
}

/** `0 %`, `0.03 %`, `12.5 %` of so many; what is not nothing never reads as nothing. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return '–';
  if (part === 0) return '0 %';
  const percent = (part / whole) * 100;
  if (percent < 0.01) return '< 0.01 %';
  return `${percent.toFixed(percent < 9.995 ? 2 : percent < 99.95 ? 1 : 0)} %`;
}

/** From the API's seconds. */
export function formatSeconds(seconds: number | null): string {
  return seconds === null ? '–' : formatDuration(seconds * 1000);
}
