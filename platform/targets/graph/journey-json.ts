import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Objective } from '../../model/index.ts';

/** `synth/<environment>/journey.json`: what runs, who may reach whom, and which line of the model says so. */
export interface JourneyJson {
  readonly version: 1;
  readonly environment: string;
  /** Sorted by kind, then name. */
  readonly nodes: readonly JourneyNode[];
  /** Sorted by reference. */
  readonly edges: readonly JourneyEdge[];
  readonly secrets: readonly JourneySecret[];
  readonly knobs: readonly JourneyKnob[];
  /** How changes reach this environment; `after` says which one comes before it. */
  readonly delivery: JourneyDelivery;
}

/** One object in one file. `file` is relative to `synth/<environment>/`. */
export interface JourneyObject { readonly file: string; readonly object: string }

export interface JourneyNode {
  readonly name: string;
  readonly kind: 'workload' | 'backing';
  /** `platform/workloads/gateway.ts:12`. */
  readonly declaredAt: string;
  /** Workloads only: one sentence, where the source is, its contract, and the release that runs. */
  readonly about?: string;
  readonly folder?: string;
  readonly contract?: string;
  readonly release?: string;
  /** What it promises over 30 days: monitoring's alerts are derived from it. */
  readonly objectives?: readonly Objective[];
  /** Of an image: the git revision it was built from, and who built it. */
  readonly source?: string;
  readonly provenance?: string;
  /** Backings only. */
  readonly backing?: string;
  readonly provider?: string;
  /** Files that hold something of it; sorted. */
  readonly files: readonly string[];
}

export interface JourneyEdge {
  /** `gateway.AUTH_URL`: the name that spans carry as `journey.reference`. */
  readonly reference: string;
  readonly from: string;
  readonly to: string;
  readonly kind: 'service' | 'backing' | 'standard';
  readonly backing?: string;
  readonly port?: { readonly name: string; readonly number: number };
  readonly declaredAt: string;
  /** Files that hold something it produced; sorted. */
  readonly manifests: readonly string[];
  /** What lets the connection through: NetworkPolicies, security group rules, the local guard's list. */
  readonly policies: readonly JourneyObject[];
  /** Everything else that exists because of it. */
  readonly objects: readonly JourneyObject[];
}

export interface JourneySecret { readonly reference: string; readonly secret: string; readonly declaredAt: string; readonly manifests: readonly string[] }
export interface JourneyKnob { readonly name: string; readonly about: string; readonly value: string | number; readonly declaredAt: string }

export interface JourneyDelivery {
  readonly after?: string;
  readonly approvals: { readonly release: number; readonly model: number };
  readonly soakMinutes?: number;
  readonly window?: { readonly schedule: string; readonly hours: number; readonly timeZone: string };
  /** Of a laptop: a drill's commit stays until a person takes it back. */
  readonly drills?: true;
}

const count = { type: 'integer', minimum: 0 } as const;
const text = { type: 'string' } as const;
const name = { type: 'string', minLength: 1 } as const;
const line = { type: 'string', pattern: '^[^/:][^:]*:[1-9][0-9]*$' } as const;
const files = { type: 'array', items: name } as const;
const objects = { type: 'array', items: strict({ file: name, object: { type: 'string', pattern: '^[^/]+/.+$' } }) } as const;

const objective = {
  oneOf: [
    strict({ kind: { const: 'availability' }, target: { type: 'string', pattern: '^\\d+(\\.\\d+)?%$' } }),
    strict({ kind: { const: 'latency' }, percentile: { const: 99 }, under: { type: 'string', pattern: '^\\d+(\\.\\d+)?ms$' } }),
  ],
};

/** JSON Schema 2020-12 of the file. */
export const journeySchema = strict({
  version: { const: 1 },
  environment: name,
  nodes: {
    type: 'array',
    items: strict(
      { name, kind: { enum: ['workload', 'backing'] }, declaredAt: line, files },
      { about: text, folder: name, contract: name, release: name, objectives: { type: 'array', items: objective }, source: name, provenance: name, backing: name, provider: name },
    ),
  },
  edges: {
    type: 'array',
    items: strict(
      { reference: name, from: name, to: name, kind: { enum: ['service', 'backing', 'standard'] }, declaredAt: line, manifests: files, policies: objects, objects },
      { backing: name, port: strict({ name, number: { type: 'integer', minimum: 1, maximum: 65_535 } }) },
    ),
  },
  secrets: { type: 'array', items: strict({ reference: name, secret: name, declaredAt: line, manifests: files }) },
  knobs: { type: 'array', items: strict({ name, about: text, value: { type: ['string', 'number'] }, declaredAt: line }) },
  delivery: strict(
    { approvals: strict({ release: count, model: count }) },
    { after: name, soakMinutes: count, drills: { const: true }, window: strict({ schedule: name, hours: { type: 'integer', minimum: 1 }, timeZone: name }) },
  ),
});

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
const valid = ajv.compile<JourneyJson>(journeySchema);

/** @throws {Error} when the text is not such a file; the message lists every fault with its place. */
export function readJourney(source: string): JourneyJson {
  const value: unknown = JSON.parse(source);
  if (valid(value)) return value;
  throw new Error(`Not a journey.json: ${ajv.errorsText(valid.errors, { dataVar: 'journey.json' })}. Run ./journey synth.`);
}

/** An object with these properties and no others. */
function strict(required: Readonly<Record<string, object>>, optional: Readonly<Record<string, object>> = {}) {
  return { type: 'object', additionalProperties: false, required: Object.keys(required), properties: { ...required, ...optional } };
}
