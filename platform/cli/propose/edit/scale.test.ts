import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { editScale } from './scale.ts';
import { refusal } from '../test/refusal.ts';

const textOf = (environment: string) => readFileSync(`environments/${environment}.ts`, 'utf8');
const edit = (environment: string, workload: string, replicas: number, most?: number) =>
  editScale(textOf(environment), { kind: 'scale', environment, workload, replicas, ...(most === undefined ? {} : { most }) });

test.each<[string, string, number, number | undefined, string, string]>([
  ['local', 'gateway', 3, undefined, '    gateway: 1,', '    gateway: 3,'],
  ['production', 'gateway', 4, 9, 'gateway: { min: 3, max: 20 }', 'gateway: { min: 4, max: 9 }'],
  ['production', 'gateway', 4, undefined, 'gateway: { min: 3, max: 20 }', 'gateway: { min: 4, max: 20 }'],
  ['dev', 'auth', 1, 40, 'auth: { min: 1, max: 2 }', 'auth: { min: 1, max: 40 }'],
])('%s: %s to %s and %s, and nothing else changes', (environment, workload, replicas, most, from, to) => {
  const before = textOf(environment);
  expect(before.split(from)).toHaveLength(2);
  expect(edit(environment, workload, replicas, most)).toBe(before.replace(from, to));
});

test('the size that is there already changes nothing', () => {
  expect(edit('local', 'gateway', 1)).toBe(textOf('local'));
  expect(edit('production', 'gateway', 3, 20)).toBe(textOf('production'));
});

test.each<[string, string, number, number | undefined, RegExp]>([
  ['local', 'gateway', 5, undefined, /1 to 4/],
  ['local', 'gateway', 2, 4, /no autoscaler/],
  ['production', 'gateway', 1, 20, /2 to 6/],
  ['production', 'gateway', 7, 20, /2 to 6/],
  ['production', 'gateway', 4, 3, /from 4 to 1000/],
  ['dev', 'gateway', 3, undefined, /At most 2 would be fewer than at least 3/],
])('%s: %s to %s and %s is refused with what is allowed', (environment, workload, replicas, most, said) => {
  expect(refusal(() => edit(environment, workload, replicas, most))).toMatch(said);
});

test('a workload that is not there is named with what is', () => {
  expect(() => edit('local', 'gatewya', 2)).toThrow(expect.objectContaining({ code: 2, fix: 'Did you mean gateway?' }));
  expect(() => edit('local', 'constructor', 2)).toThrow(expect.objectContaining({ code: 2 }));
});

test('a size that is no pair of numbers is refused, not guessed', () => {
  const change = (from: string, to: string) => editScale(textOf('dev').replace(from, to), { kind: 'scale', environment: 'dev', workload: 'auth', replicas: 2 });
  for (const [from, to] of [['gateway: { min: 1, max: 2 }', 'gateway: sizes.gateway'], ['gateway: { min: 1, max: 2 }', 'gateway: { min: 1 }'], ['gateway: { min: 1, max: 2 }', "gateway: { min: 1, max: '2' }"]] as const) {
    expect(() => change(from, to)).toThrow(expect.objectContaining({ name: 'ModelError' }));
  }
});
