/** Eight digits of a commit, twelve of a digest; anything else as it is. */
export function short(release: string): string {
  if (/^[0-9a-f]{40}$/.test(release)) return release.slice(0, 8);
  return /^sha256:[0-9a-f]{64}$/.test(release) ? release.slice(0, 19) : release;
}

/** `3 min`: how long ago a time of the API was. */
export function ago(at: string | undefined, now = Date.now()): string {
  const seconds = Math.max(0, (now - Date.parse(at ?? '')) / 1000);
  if (Number.isNaN(seconds)) return '';
  if (seconds < 100) return `${Math.round(seconds)} s`;
  if (seconds < 100 * 60) return `${Math.round(seconds / 60)} min`;
  return seconds < 48 * 3600 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}

export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
