import { contract, urlOf } from '../services/kit/contract.ts';

export const dashboard = contract({
  name: 'dashboard',
  about: 'The pages. A client of the gateway and of nothing else.',
  folder: 'dashboard',
  ports: { http: 3000 },
  env: {
    GATEWAY_URL: urlOf('gateway'),
  },
  build: ['node', 'dashboard/build.ts'],
  standard: ['scrape'],
  routes: {},
});
