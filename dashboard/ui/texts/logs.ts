export const logTexts = {
  title: 'Logs',
  lead: 'What the workloads have written, line by line.',
  search: 'Search', searchHint: 'service:auth level>=warn "exact text" word -word trace:… attr.key:value', searchButton: 'Search',
  range: 'Range', ranges: { '15m': 'Last 15 minutes', '1h': 'Last hour', '24h': 'Last day', '7d': 'Last 7 days', all: 'All that is kept' },
  zoomed: 'A part of the chart', unzoom: 'Back to the range',
  export: 'Export as NDJSON',
  live: 'Follow live', paused: (count: number) => (count === 1 ? '1 new line' : `${count} new lines`), pausedSaid: 'Paused while you read. Show',
  gap: 'Some lines were left out here: search for them.',
  count: (total: number) => (total === 1 ? '1 line' : `${total.toLocaleString('en-GB')} lines`), roughly: 'in whole steps of the chart',
  histogram: 'Lines over time', bar: (count: number, at: string) => `${count} lines at ${at}: show these alone`,
  services: 'Services', levels: 'Levels', only: 'Only',
  apart: 'The line of this link', apartSaid: 'The line of this link is not among the lines below: they are of another range or search, or newer.',
  gone: (id: number) => `The line ${id} of this link is no longer kept.`, goneNext: 'It is older than what is kept, or there never was one.',
  none: 'No line fits.', noneNext: 'Widen the range, or take a term away. Nothing written at all? ./journey traffic makes some.',
  loading: 'Searching…', older: 'Show older lines', busy: 'Asking…',
  open: (message: string) => `Open: ${message}`, journey: 'Its journey', link: 'Link to this line', context: 'What was around it', contextOf: (service: string) => `50 lines before and after, of ${service}`, attributes: 'Attributes',
} as const;

const counted = (one: string) => (records: number) => `${records.toLocaleString('en-GB')} ${one}${records === 1 ? '' : 's'}`;

/** How long telemetry is kept, and what monitoring has refused since it started. */
export const telemetryTexts = {
  kept: (days: number) => (days === 1 ? 'Kept for 1 day.' : `Kept for ${days} days.`),
  opensearch: 'Read from OpenSearch (monitoring.LOGS). How long it keeps lines, and which were never shipped to it, it does not say; followed lines come 5 s late. What monitoring was sent itself is another matter:',
  nothingRefused: (since: string) => `Nothing was refused since monitoring started (${since}).`,
  refused: (since: string) => `Refused since monitoring started (${since}):`,
  masked: (values: number) => `${values === 1 ? 'One credential was' : `${values} credentials were`} masked in what came from outside.`,
  unknown: 'How long lines are kept, and whether some were refused, is not known: monitoring does not say it.',
  records: { logs: counted('log line'), traces: counted('hop'), metrics: counted('figure') },
  reasons: {
    ill_formed: { why: 'ill-formed.', fix: 'The answer to the sender says what is wrong with them: mend what it sends.' },
    too_old: { why: 'older than what is kept.', fix: 'Look at the clock of the sender, or send sooner.' },
    future: { why: 'more than 5 minutes ahead of the clock.', fix: 'Set the clock of the sender.' },
    full: { why: 'more waited to be written than fits.', fix: 'The sender was told to come again; if the number grows, let less be logged: ./journey change knob logLevel warn.' },
    unavailable: { why: 'the database did not take them.', fix: 'The sender was told to come again; look at ./journey status.' },
    too_many: { why: 'more series than are kept.', fix: 'One program may have 1,000 in an hour: give its metrics fewer attributes.' },
  },
} as const;
