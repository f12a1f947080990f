const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `Mon–Thu 08:00–16:00, Europe/Dublin` of `0 8 * * 1-4 for 8 h (Europe/Dublin)`; what is more than that stays as it is. */
export function windowText(window: string): string {
  const [, minute, hour, on, hours, zone] = /^(\d{1,2}) (\d{1,2}) \* \* ([\d*,-]+) for (\d+) h \(([^)]+)\)$/.exec(window) ?? [];
  if (minute === undefined || hour === undefined || on === undefined || hours === undefined || zone === undefined) return window;
  const names = on === '*' ? 'daily' : on.split(',').map((part) => part.split('-').map((day) => days[Number(day) % 7] ?? '').join('–')).join(', ');
  const clock = (hourOfDay: number) => `${String(hourOfDay % 24).padStart(2, '0')}:${minute.padStart(2, '0')}`;
  return `${names} ${clock(Number(hour))}–${clock(Number(hour) + Number(hours))}, ${zone}`;
}
