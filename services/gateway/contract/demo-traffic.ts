/** What says of a request that it is demo traffic: the gateway writes it into the journey. Anybody may say it of their own requests. */
export const demoLabel = { 'journey-traffic': 'demo' } as const;

/** One kind of request of the mix, and how often it comes, as a weight. */
export interface DemoKind {
  /** As the tally shows it. */
  readonly name: string;
  readonly weight: number;
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  readonly body?: object;
  /** Sent without a token. */
  readonly anonymous?: true;
  /** What a good answer is; others are counted as failures. Mistakes that people make are part of the mix. */
  readonly good: readonly number[];
}

/**
 * What people and programs do here all day, for whoever sends it: the command line and the pages send the same: mostly they look, sometimes they write, now and then they mistype. Nothing is
 * deployed: that would be a commit.
 */
export const demoMix: readonly DemoKind[] = [
  { name: 'read a setting', weight: 34, method: 'GET', path: '/v1/settings/local/demo-traffic', good: [200, 404] },
  { name: 'read the freeze rule', weight: 16, method: 'GET', path: '/v1/settings/local/deployment-freeze', good: [200] },
  { name: 'look at the environments', weight: 14, method: 'GET', path: '/v1/environments', good: [200] },
  { name: 'look at deployments', weight: 12, method: 'GET', path: '/v1/deployments', good: [200] },
  { name: 'look at the history', weight: 8, method: 'GET', path: '/v1/history?limit=10', good: [200] },
  { name: 'write a setting', weight: 6, method: 'PUT', path: '/v1/settings/local/demo-traffic', body: { value: { written: true } }, good: [200] },
  { name: 'ask who one is', weight: 4, method: 'GET', path: '/v1/sessions/current', good: [200] },
  { name: 'mistype a name', weight: 3, method: 'GET', path: '/v1/settings/local/no-such-setting', good: [404] },
  { name: 'send the wrong body', weight: 2, method: 'PUT', path: '/v1/settings/local/demo-traffic', body: { valeu: 1 }, good: [400] },
  { name: 'come without a token', weight: 1, method: 'GET', path: '/v1/environments', anonymous: true, good: [401] },
];

/** @param at 0 to 1, drawn by the caller */
export function demoDrawn(at: number): DemoKind {
  const all = demoMix.reduce((sum, { weight }) => sum + weight, 0);
  let left = at * all;
  const found = demoMix.find(({ weight }) => (left -= weight) < 0) ?? demoMix[0];
  if (found) return found;
  throw new Error('The mix is empty.');
}
