import { contract, oneOf } from '../contract.ts';

/** A service with nothing, for tests of what every service has. */
export const testContract = contract({
  name: 'test', about: 'Exists in tests only.', ports: { http: 8080 }, env: { LOG_LEVEL: oneOf('debug', 'info', 'warn') }, routes: {},
});
