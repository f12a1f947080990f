import type { Bench } from './bench.ts';

export interface ListedBench {
  readonly name: string;
  readonly about: string;
  readonly load: () => Promise<Bench>;
}

/** Every bench there is. */
export const benches: readonly ListedBench[] = [
  { name: 'synth', about: 'Processor time of the whole synth against writing the same objects with yaml.stringify.', load: async () => (await import('./synth/bench.ts')).bench },
  { name: 'telemetry-store', about: 'A million log lines of seven days: how fast they come in, and how fast searches are answered.', load: async () => (await import('./telemetry-store/bench.ts')).bench },
  { name: 'up', about: 'A fresh clone to its first journey, the second up, down, and memory and answers under load.', load: async () => (await import('./up/bench.ts')).bench },
  { name: 'telemetry', about: 'Processor time per request of a service with telemetry off, at the default share and with everything recorded.', load: async () => (await import('./telemetry/bench.ts')).bench },
  { name: 'figures', about: 'Counts and times as the pages show them beside those of a driver in a process of its own.', load: async () => (await import('./figures/bench.ts')).bench },
  { name: 'charts', about: 'What one update of a live chart costs the browser, and what its heap has grown by after minutes of them.', load: async () => (await import('./charts/bench.ts')).bench },
  { name: 'speed', about: 'The largest paint of each page, a click, and the longest task while 5,000 hops are scrolled through.', load: async () => (await import('./speed/bench.ts')).bench },
];
