/** `0.42 ms`, `18 ms`, `1.24 s`, `2 min 5 s`: three figures at most, so that columns stay narrow. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return '–';
  if (ms < 9.995) return `${ms.toFixed(2)} ms`;
  if (ms < 99.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_995) return `${(ms / 1000).toFixed(2)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** How long ago, in the largest unit that fits. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** `14:03:27` today, `22 Nov 14:03` before, in the reader's time zone. */
export function formatTime(unixMs: number, now: number): string {
  const then = new Date(unixMs);
  if (Number.isNaN(then.getTime())) return '–';
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return then.toDateString() === new Date(now).toDateString()
    ? then.toLocaleTimeString('en-GB', { ...time, second: '2-digit' })
    : then.toLocaleString('en-GB', { day: 'numeric', month: 'short', ...time });
}

/** `14:03:27.123` in the reader's time zone: which line came first. */
export function formatClock(unixMs: number): string {
  const then = new Date(unixMs);
  return `${then.toLocaleTimeString('en-GB')}.${String(then.getMilliseconds()).padStart(3, '0')}`;
}

/** The first eight of a trace id's 32 figures: enough to recognize, with the whole in reach. */
export function shortId(id: string): string {
  return id.slice(0, 8);
}

/** Only a path of this origin may be returned to after signing in: no `//host`, no `\\host`, no scheme. */
export function safeReturn(path: string | null): string {
  return path !== null && /^\/(?![/\\])[^\\\s]*$/.test(path) ? path : '/';
}
