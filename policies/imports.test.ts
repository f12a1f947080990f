import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cruise, type ICruiseOptions, type IFlattenedRuleSet } from 'dependency-cruiser';

const { forbidden, options } = createRequire(import.meta.url)('./imports.cjs') as { forbidden: NonNullable<IFlattenedRuleSet['forbidden']>; options: ICruiseOptions };

/** File → what it imports, and the one rule that this breaks. */
const planted: readonly (readonly [file: string, imports: string, rule: string])[] = [
  ['services/a/app.ts', './absent.ts', 'every import resolves'],
  ['services/a/round.ts', './trip.ts', 'no import cycles'],
  ['platform/cli/reads.ts', '../../synth/generated.ts', 'nothing imports synth'],
  ['services/a/ghost.ts', 'glob', 'packages come from package.json, not from a package of a package'],
  ['services/b/contract.ts', './app.ts', 'a contract imports only kit/contract, and its parts below contract/'],
  ['dashboard/contract.ts', '../services/kit/standard.ts', 'a contract imports only kit/contract, and its parts below contract/'],
  ['services/a/contract/logs.ts', '../domain/rule.ts', 'a contract imports only kit/contract, and its parts below contract/'],
  ['services/kit/contract.ts', './standard.ts', 'the vocabulary of contracts imports nothing'],
  ['services/a/peer.ts', '../b/app.ts', 'a service imports itself, the kit, and contracts of others'],
  ['services/a/up.ts', '../../platform/backing.ts', 'a service imports itself, the kit, and contracts of others'],
  ['services/kit/server.ts', '../a/contract.ts', 'the kit knows no service'],
  ['services/a/fixture.ts', '../kit/test/tool.ts', 'a service uses the kit, not its test tools'],
  ['services/a/domain/rule.ts', '../adapters/store.ts', 'domain imports no adapter and no package'],
  ['services/a/domain/lib.ts', 'pg', 'domain imports no adapter and no package'],
  ['platform/model/cloud.ts', 'constructs', 'the model imports no cloud library'],
  ['platform/model/down.ts', '../backing.ts', 'the model knows contracts as a type, and nothing else of ours'],
  ['platform/workloads/a.ts', './b.ts', 'workloads import contracts, never other workloads'],
  ['platform/knobs.ts', 'yaml', 'bindings and values use no package'],
  ['environments/x.ts', '../platform/cli/command.ts', 'environments import the platform'],
  ['platform/targets/t/t.ts', '../../backing.ts', 'targets import only the model'],
  ['platform/targets/t/app.ts', '../../cli/command.ts', 'an app (what cdk8s.yaml and cdktf.json start) joins targets, argocd, platform and environments'],
  ['argocd/project.ts', '../platform/backing.ts', 'argocd imports the model, the targets, the platform and environments'],
  ['argocd/typed.ts', 'cdk8s', 'only the adapter imports cdk8s'],
  ['platform/targets/t/argo.ts', '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application', 'types of custom resources are for argocd, schemas for the policies'],
  ['platform/targets/t/eight.ts', 'cdk8s', 'only the adapter imports cdk8s'],
  ['platform/targets/t/tf.ts', 'cdktf', 'only the adapter imports cdktf'],
  ['platform/cli/inside.ts', '../../services/a/app.ts', 'the CLI imports everything but the insides of services'],
  ['policies/rule.ts', '../platform/cli/command.ts', 'policies import the model'],
  ['dashboard/page.ts', '../platform/backing.ts', 'the dashboard imports contracts only'],
];
const clean = ['services/a/trip.ts', 'services/a/contract.ts', 'services/a/adapters/store.ts', 'services/b/app.ts', 'services/kit/standard.ts', 'services/kit/test/tool.ts',
  'platform/backing.ts', 'platform/workloads/b.ts', 'platform/cli/command.ts', 'synth/generated.ts'];

const repository = fileURLToPath(new URL('..', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'imports-'));
beforeAll(() => {
  for (const file of clean) write(file, file.endsWith('trip.ts') ? "import './round.ts';\n" : '');
  for (const [file, imports] of planted) write(file, `import '${imports}';\n`);
  write('package.json', '{"type":"module","dependencies":{"pg":"*","yaml":"*","cdk8s":"*","cdktf":"*","constructs":"*","@kubernetes-models/argo-cd":"*"}}');
  write('tsconfig.json', '{"compilerOptions":{"module":"NodeNext","allowImportingTsExtensions":true,"noEmit":true}}');
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function violations(): Promise<{ from: string; rule: string }[]> {
  const { output } = await cruise(['services', 'platform', 'environments', 'dashboard', 'policies', 'argocd', 'synth'], {
    ...options, baseDir: root, validate: true, ruleSet: { forbidden }, preserveSymlinks: true,
  });
  if (typeof output === 'string') throw new Error(output);
  return output.summary.violations.map((v) => ({ from: v.from, rule: v.rule.name }));
}

test('each planted import breaks the rule that is meant, and nothing else is reported', async () => {
  const found = await violations();
  const seen = (file: string) => [...new Set(found.filter((v) => v.from === file).map((v) => v.rule))];
  const missed = planted.filter(([file, , rule]) => !seen(file).includes(rule)).map(([file, , rule]) => ({ file, rule, seen: seen(file) }));
  expect(missed).toEqual([]);
  expect(found.filter((v) => !planted.some(([file]) => file === v.from) && v.rule !== 'no import cycles')).toEqual([]);
});

test('no rule is without a planted import', () => {
  expect(forbidden.map((r) => r.name).filter((name) => !planted.some(([, , rule]) => rule === name))).toEqual([]);
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}
