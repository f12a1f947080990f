const key = 'journey-tour';
export const stepNames = ['send', 'hop', 'manifest', 'line', 'break', 'heal', 'end'] as const;
export type StepName = (typeof stepNames)[number];

/** How far this browser has got; undefined: it was dismissed. A browser that keeps nothing is not bothered. */
export function tourStep(): number | undefined {
  const said = keptAt(key);
  if (said === undefined || said === 'over') return undefined;
  const step = Number(said ?? 0);
  return Number.isInteger(step) && step >= 0 && step < stepNames.length ? step : 0;
}

export function keepStep(step: number): void {
  keepAt(key, String(step));
}

/** For good: nothing brings it back but the action in the palette. */
export function endTour(): void {
  keepAt(key, 'over');
}

export function restartTour(): void {
  keepAt(key, '0');
  document.dispatchEvent(new Event(restarted));
}
export const restarted = 'tour-restarted';

/** What this browser keeps; null: nothing yet, undefined: it keeps nothing at all. */
export function keptAt(place: string): string | null | undefined {
  try {
    return localStorage.getItem(place);
  } catch {
    return undefined;
  }
}
export function keepAt(place: string, value: string): void {
  try {
    localStorage.setItem(place, value);
  } catch {
    // Then it stays as long as the page.
  }
}

/** The step that an address answers: what was done shows where the reader is. What is broken and healed no address says (break-and-heal.ts). */
export function doneAt(path: string, params: URLSearchParams): number {
  if (path.endsWith('/manifests')) return params.has('object') || params.get('by') === 'line' ? 4 : params.has('path') ? 3 : 0;
  if (/^\/journeys\/[0-9a-f]{32}$/.test(path)) return params.has('hop') ? 2 : 1;
  return 0;
}
