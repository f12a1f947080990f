import { expect, test } from '@jest/globals';
import { contract, type Ports } from '../../services/kit/contract.ts';
import { metricsPort, portsOf, servingPort } from './port.ts';
import { ModelError } from './release.ts';

const withPorts = (ports: Ports) => ({ ...contract({ name: 'thing', about: 'x', ports: { http: 1 }, env: {}, routes: {} }), ports });

test('the serving port is the one that is not metrics, whatever its name and place', () => {
  const named = withPorts({ metrics: 9, web: 8 });
  expect(servingPort(named)).toEqual({ name: 'web', number: 8 });
  expect(metricsPort(named)).toEqual({ name: 'metrics', number: 9 });
  expect(portsOf(named).map(({ name }) => name)).toEqual(['web', 'metrics']);
  expect(metricsPort(withPorts({ web: 8 }))).toBeUndefined();
});

test.each([
  ['no port', {}, 'serves on no port'],
  ['metrics alone', { metrics: 9 }, 'serves on no port'],
  ['two', { web: 8, admin: 7, metrics: 9 }, 'serves on "web" and "admin"'],
])('%s is refused by contract', (_, ports: Ports, word) => {
  const act = () => servingPort(withPorts(ports));
  expect(act).toThrow(ModelError);
  expect(act).toThrow(`the contract "thing" ${word}`);
  expect(act).toThrow(expect.objectContaining({ where: 'services/thing/contract.ts' }));
});
