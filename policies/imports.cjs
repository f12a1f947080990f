/**
 * Who may import whom: one sentence per rule; `./journey test` checks it.
 * "Arrows follow the data. Only contracts cross. Only the CLI sees everything." Tests follow the rules of their
 * folder, except that they may use the tools of `test/` folders and the test runner.
 */
const CONTRACTS = '^(services/[^/]+|dashboard)/contract\\.ts$';
const KIT_DATA = '^services/kit/(contract|standard)\\.ts$';
const OURS = '^(services|dashboard|platform|environments|synth|argocd|policies)/';
const CLOUD = 'node_modules/(cdk8s|cdk8s-plus-28|cdktf|@cdktf|@pulumi|constructs)(/|$)';
const TESTS = '\\.(test|suite|type-test|e2e)\\.ts$|/test/';

const never = (name, from, to) => ({ name, severity: 'error', from, to });

module.exports = {
  forbidden: [
    never('every import resolves', {}, { couldNotResolve: true }),
    never('no import cycles', {}, { circular: true }),
    never('nothing imports synth', {}, { path: '^synth/' }),
    never('packages come from package.json, not from a package of a package', { path: OURS }, { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] }),

    never('a contract imports only kit/contract, and its parts below contract/',
      { path: '^(services/[^/]+|dashboard)/contract(\\.ts$|/)' }, { pathNot: ['^services/kit/contract\\.ts$', '^$1/contract/'] }),
    never('the vocabulary of contracts imports nothing', { path: '^services/kit/contract\\.ts$' }, { path: '.' }),
    never('a service imports itself, the kit, and contracts of others',
      { path: '^services/([^/]+)/', pathNot: '^services/kit/' },
      { path: OURS, pathNot: ['^services/$1/', '^services/kit/', CONTRACTS] }),
    never('the kit knows no service', { path: '^services/kit/' }, { path: OURS, pathNot: '^services/kit/' }),
    never('a service uses the kit, not its test tools', { path: '^services/', pathNot: TESTS }, { path: '^services/kit/test/' }),
    never('domain imports no adapter and no package',
      { path: '^services/[^/]+/domain/', pathNot: TESTS },
      { path: '/(routes|adapters|steps)/|node_modules/' }),

    never('the model imports no cloud library', { path: '^platform/model/', pathNot: TESTS }, { path: CLOUD }),
    never('the model knows contracts as a type, and nothing else of ours',
      { path: '^platform/model/', pathNot: TESTS }, { path: OURS, pathNot: ['^platform/model/', KIT_DATA] }),
    never('workloads import contracts, never other workloads',
      { path: '^platform/workloads/' },
      { path: OURS, pathNot: ['^platform/(model/index|backing|knobs)\\.ts$', CONTRACTS] }),
    never('bindings and values use no package',
      { path: '^(platform/(workloads/|platform\\.ts|backing\\.ts|knobs\\.ts)|environments/)', pathNot: TESTS }, { path: 'node_modules/' }),
    never('environments import the platform', { path: '^environments/' }, { path: OURS, pathNot: ['^environments/', '^platform/(model/index|platform)\\.ts$'] }),
    never('targets import only the model',
      { path: '^platform/targets/', pathNot: [TESTS, '/app\\.ts$'] },
      { path: OURS, pathNot: ['^platform/(model|targets)/', KIT_DATA] }),
    never('an app (what cdk8s.yaml and cdktf.json start) joins targets, argocd, platform and environments',
      { path: '^platform/targets/.*/app\\.ts$' },
      { path: OURS, pathNot: ['^platform/(model|targets)/', '^argocd/', '^platform/platform\\.ts$', '^environments/'] }),
    never('only the adapter imports cdk8s', { path: OURS, pathNot: ['^platform/targets/kubernetes/cdk8s\\.ts$', TESTS, '^platform/bench/'] }, { path: 'node_modules/(cdk8s|cdk8s-plus-28)(/|$)' }),
    never('only the adapter imports cdktf', { path: OURS, pathNot: ['^platform/targets/terraform/cdktf\\.ts$', TESTS, '^platform/bench/'] }, { path: 'node_modules/(cdktf|@cdktf)(/|$)' }),
    never('argocd imports the model, the targets, the platform and environments',
      { path: '^argocd/', pathNot: TESTS },
      { path: OURS, pathNot: ['^argocd/', '^platform/(model|targets)/', '^platform/platform\\.ts$', '^environments/'] }),
    never('types of custom resources are for argocd, schemas for the policies',
      { path: OURS, pathNot: ['^argocd/', '^policies/schemas/', TESTS] }, { path: 'node_modules/@kubernetes-models/' }),
    never('the CLI imports everything but the insides of services',
      { path: '^platform/cli/', pathNot: TESTS }, { path: '^(services|dashboard)/', pathNot: ['^services/kit/', CONTRACTS] }),

    never('policies import the model', { path: '^policies/', pathNot: TESTS }, { path: OURS, pathNot: ['^policies/', '^platform/(model|targets/graph)/'] }),
    // A page loads the part of a contract that it asks, not all of it.
    never('the dashboard imports contracts only', { path: '^dashboard/' }, { path: OURS, pathNot: ['^dashboard/', CONTRACTS, '^services/[^/]+/contract/', '^services/kit/contract\\.ts$'] }),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.next|\\.journey|coverage|policies/fixtures)/|/next-env\\.d\\.ts$' },
    // Not '.json': the package `cdktf` would resolve to the file `cdktf.json` and escape its rule.
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs'], exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
