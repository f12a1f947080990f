import { InMemoryLogRecordExporter } from '@opentelemetry/sdk-logs';
import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace';
import type { Contract, Role, Spec } from '../contract.ts';
import { parseEnv, type Source } from '../env.ts';
import { openTokens } from '../identity.ts';
import type { Kit } from '../kit.ts';
import { openKit, type Overrides } from '../open-kit.ts';
import { testIssuer, type TestIssuer } from './tokens.ts';

/** A kit without a process around it: listens on free ports, keeps its spans and log lines, trusts one test issuer. */
export interface TestKit<C extends Contract> extends Kit<C> {
  /** Every log line so far, parsed. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  /** Every span that has ended so far. */
  spans(): Promise<readonly ReadableSpan[]>;
  readonly issuer: TestIssuer;
  /** A good token of a person with these roles. */
  tokenFor(name: string, ...roles: Role[]): string;
  readonly workloadKey: string;
  /** After `stop()` of what was started, or when nothing was. */
  close(): Promise<void>;
}

const WORKLOAD_KEY = 'the-key-of-the-workloads-in-tests';
let sharedIssuer: TestIssuer | undefined;

/** `env` wins over made-up values: every entry of the contract gets one, pointing nowhere. Answers are checked against the contract. */
export function testKit<C extends Contract>(contract: C, env: Source = {}, overrides: Overrides = {}): TestKit<C> {
  const made = Object.fromEntries(Object.entries(contract.env).map(([key, spec]) => [key, madeUp(key, spec)]));
  const parsed = parseEnv(contract, { ...STANDARD, ...made, ...env });
  const issuer = sharedIssuer ??= testIssuer();
  const spans = new InMemorySpanExporter();
  const lines: Record<string, unknown>[] = [];
  const { kit, close } = openKit(contract, parsed, {
    exporters: { spans, logs: new InMemoryLogRecordExporter() },
    destination: { write: (line) => { lines.push(JSON.parse(line) as Record<string, unknown>); } },
    tokens: openTokens({
      call: () => Promise.resolve({ status: 200, body: issuer.jwks, headers: {} }),
      keysUrl: parsed.standard.keysUrl ?? { service: 'auth', url: new URL('http://127.0.0.1:1'), reference: 'test.KEYS_URL' },
      audience: parsed.standard.installation,
    }),
    ...overrides,
    limits: { checkAnswers: true, requestMs: 5000, arrivalMs: 5000, ...overrides.limits },
  });
  return {
    ...kit, lines, issuer, workloadKey: WORKLOAD_KEY,
    tokenFor: (name, ...roles) => issuer.token(name, roles),
    async spans() {
      await kit.telemetry.flush();
      return spans.getFinishedSpans();
    },
    async close() {
      await kit.telemetry.close();
      await close();
    },
  };
}

const STANDARD: Source = {
  HOST: '127.0.0.1', PORT: '0', METRICS_PORT: '0', ENVIRONMENT: 'test', INSTALLATION: 'test', REVISION: 'worktree',
  TELEMETRY_URL: 'http://127.0.0.1:1', WORKLOAD_KEY, KEYS_URL: 'http://127.0.0.1:1',
};

/** Port 1 answers nobody, so a test that forgot to give a real URL fails at once. */
function madeUp(key: string, spec: Spec): string {
  switch (spec.kind) {
    case 'number': return '1';
    case 'oneOf': return spec.values[0] ?? '';
    case 'service': return 'http://127.0.0.1:1';
    case 'address': return 'https://pages.example.com';
    case 'mail': return 'smtp://127.0.0.1:1';
    case 'objects': return 'file:///nonexistent/';
    case 'repository': return 'file:///nonexistent.git';
    case 'engine': return 'http://reconciler:nobody@127.0.0.1:1/';
    case 'metrics': case 'logs': case 'traces': case 'alerts': return 'own:';
    case 'database': case 'cache': case 'queue': return 'postgres://nobody@127.0.0.1:1/nothing';
    default: return `test-${key}`;
  }
}
