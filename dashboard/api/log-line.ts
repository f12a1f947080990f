/** One event as one JSON line on stdout, in the form of the kit's logs. */
export function logLine(level: 'info' | 'error', msg: string, more: Readonly<Record<string, unknown>> = {}): void {
  process.stdout.write(`${JSON.stringify({ level, time: Date.now(), 'service.name': 'dashboard', msg, ...more })}\n`);
}
