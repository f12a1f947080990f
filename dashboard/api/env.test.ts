import { expect, test } from '@jest/globals';
import { dashboard } from '../contract.ts';
import { dashboardEnv, EnvError } from './env.ts';

const whole = { HOST: '127.0.0.1', PORT: '3000', GATEWAY_URL: 'http://127.0.0.1:8080' };

test('reads what the contract names', () => {
  expect(dashboardEnv(whole)).toEqual({ host: '127.0.0.1', port: 3000, gatewayUrl: new URL('http://127.0.0.1:8080') });
  expect(Object.keys(dashboard.env)).toEqual(['GATEWAY_URL']);
});

test('lists everything that is missing or wrong at once', () => {
  expect.assertions(2);
  try {
    dashboardEnv({ PORT: '70000', GATEWAY_URL: 'file:///etc/passwd' });
  } catch (error) {
    expect(error).toBeInstanceOf(EnvError);
    expect(error instanceof EnvError && error.problems.length).toBe(3);
  }
});

test.each(['', '1e3', '-1', '99999', 'x'])('PORT %p is refused', (PORT) => {
  expect(() => dashboardEnv({ ...whole, PORT })).toThrow('PORT');
});
