import { expect, test } from '@jest/globals';
import { evaluate } from './evaluate.ts';
import { manifestOf } from './manifest.ts';
import type { Journey, Rendered } from './rendered.ts';
import { rules } from './rules.ts';
import { stackOf } from './stack.ts';
import { auth, gateway, journey, shared, type Plain } from './test/good.ts';
import { stack } from './test/good-stack.ts';

/** No rule may trust the shape of what it reads: one that throws hides what all the others found. */
const wrong = [null, 'x', [], {}, [null]];

/** Every copy of a value with one part of it replaced. */
function* mutants(value: unknown): Generator<unknown> {
  yield* wrong;
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    for (const part of mutants(Reflect.get(value, key))) {
      const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
      copy[key] = part;
      yield copy;
    }
  }
}

const good: readonly Plain[] = [...Object.values(shared), ...Object.values(gateway), auth.role, auth.binding];
const graph = { ...journey, file: 'journey.json', object: 'journey' } as unknown as Journey;
const environment = (more: Partial<Rendered>): Rendered => ({
  name: 'production', folder: 'x', production: true, declaredAt: undefined, whole: true, journey: graph, manifests: [], stacks: [], releases: [], files: [], paths: [], workloads: ['gateway'], ...more,
});
/** The schemas are ajv's work and take a millisecond each; here it is our rules that are tried. */
const ours = rules.filter((r) => r.id !== 'kubernetes-schema');

test.each(good.map((object) => ({ object, name: `${String(object['kind'])} ${String((object['metadata'] as { name: string }).name)}` })))('no rule throws over a broken $name', ({ object }) => {
  for (const mutant of mutants(object)) {
    expect(() => evaluate([environment({ manifests: [manifestOf('x.yaml', 0, mutant), manifestOf('y.yaml', 0, auth.deployment)] })], ours)).not.toThrow();
  }
}, 60_000);

test('no rule throws over a broken stack', () => {
  for (const mutant of mutants(stack)) {
    expect(() => evaluate([environment({ stacks: [stackOf('cdk.tf.json', mutant)] })], rules)).not.toThrow();
  }
}, 60_000);

test('no rule throws over a broken release', () => {
  for (const json of mutants({ gateway: { image: 'unbuilt' } })) {
    expect(() => evaluate([environment({ releases: [{ file: 'dev.json', object: 'release', environment: 'dev', json }] })], rules)).not.toThrow();
  }
});

test('bodies that Terraform writes as lists are read too', () => {
  const { resources } = stackOf('x.tf.json', { resource: [{ aws_s3_bucket: [{ a: [{ bucket: 'a' }, { bucket: 'b' }] }] }] });
  expect(resources.map((r) => [r.object, r.at.join('.')])).toEqual([['aws_s3_bucket.a', 'resource.0.aws_s3_bucket.0.a.0'], ['aws_s3_bucket.a', 'resource.0.aws_s3_bucket.0.a.1']]);
});
