import { expect, test } from '@jest/globals';
import { configuration } from '../../configuration/contract.ts';
import { deployment } from '../../deployment/contract.ts';
import { gateway } from '../../gateway/contract.ts';
import type { Contract, Role } from '../../kit/contract.ts';
import { monitoring } from '../../monitoring/contract.ts';
import { auth } from '../contract.ts';
import { decide, isRole, roles } from './permissions.ts';

const person = (...held: Role[]) => ({ active: true, roles: held });

test('the reason is a sentence that names the role it needs', () => {
  expect(decide(person('operator'), 'deployment.create')).toEqual({ allowed: true, reason: 'operator may deployment.create' });
  expect(decide(person('viewer'), 'deployment.create')).toEqual({ allowed: false, reason: 'viewer may not deployment.create: it needs operator' });
  expect(decide(person('operator'), 'auth.createPerson')).toEqual({ allowed: false, reason: 'operator may not auth.createPerson: it needs admin' });
});

test('the highest role counts, in any order', () => {
  expect(decide(person('admin', 'viewer'), 'auth.createPerson').reason).toBe('admin may auth.createPerson');
  expect(decide(person('viewer', 'operator'), 'configuration.write').allowed).toBe(true);
});

test('nobody, no role and a deactivated person are refused', () => {
  expect(decide(null, 'deployment.read').allowed).toBe(false);
  expect(decide(person(), 'deployment.read').allowed).toBe(false);
  expect(decide({ active: false, roles: ['admin'] }, 'deployment.read')).toEqual({ allowed: false, reason: 'this person is deactivated, so deployment.read is refused' });
});

test('what no line names is for admins only', () => {
  expect(decide(person('operator'), 'nothing.known').allowed).toBe(false);
  expect(decide(person('admin'), 'nothing.known').allowed).toBe(true);
});

const routes = [auth, configuration, deployment, gateway, monitoring].flatMap((contract: Contract) =>
  Object.entries(contract.routes).flatMap(([key, route]) => {
    const role = route.access;
    return isRole(role) && (route.public === true || contract.name === 'gateway') ? [{ action: `${contract.name}.${key}`, role }] : [];
  }));

test.each(routes)('$action is decided as its contract says: $role', ({ action, role }) => {
  expect(decide(person(role), action).allowed).toBe(true);
  const below = roles[roles.indexOf(role) - 1];
  if (below !== undefined) expect(decide(person(below), action).allowed).toBe(false);
});
