import { dashboard as contract } from '../../dashboard/contract.ts';
import { gateway } from '../../services/gateway/contract.ts';
import { available, service, url } from '../model/index.ts';

export const dashboard = service(contract, {
  env: {
    GATEWAY_URL: url(gateway),
  },
  public: { host: 'app' },
  scaleOn: { cpu: 0.7 },
  slo: [available('99.5%')],
  resources: { cpu: '100m', memory: '256Mi' },
});
