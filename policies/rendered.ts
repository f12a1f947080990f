import type { JourneyJson } from '../platform/targets/graph/journey-json.ts';
import type { Json, Path } from './json.ts';
import type { Breach, Place } from './breach.ts';

/** One Kubernetes object of one YAML document. */
export interface Manifest extends Place {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly json: Json;
}

/** One Terraform stack: a `*.tf.json` file. */
export interface Stack extends Place {
  readonly json: Json;
  readonly resources: readonly Resource[];
  /** Its `data` blocks: what Terraform asks while it plans. */
  readonly data: readonly Resource[];
}
export interface Resource extends Place {
  readonly type: string;
  readonly name: string;
  readonly json: Json;
  /** From the stack's root. */
  readonly at: Path;
  readonly stack: string;
}

/** The graph of an environment, its `journey.json`. */
export interface Journey extends Place, JourneyJson {}

/** One release file, `environments/releases/<environment>.json`. */
export interface Release extends Place {
  readonly environment: string;
  readonly json: unknown;
}

/** Everything that was rendered for one environment, as it was read from disk. */
export interface Rendered {
  /** The folder's name: `production`. */
  readonly name: string;
  readonly folder: string;
  readonly production: boolean;
  /** Its line in the model, where that is known. */
  readonly declaredAt: string | undefined;
  /** Does its folder hold `kubernetes/`? Then it must be whole: absence is judged only there. */
  readonly whole: boolean;
  readonly manifests: readonly Manifest[];
  readonly stacks: readonly Stack[];
  readonly journey: Journey | undefined;
  readonly releases: readonly Release[];
  /** Names of the platform's workloads; empty when nobody told. */
  readonly workloads: readonly string[];
  /** What could not be read: hostile or broken files, one subject of the rule `readable` each. */
  readonly files: readonly ReadFile[];
  /** Every file of it that was seen, also those that no rule is about. */
  readonly paths: readonly string[];
  /** The environments beside it, whole, where this is the folder of what Argo CD is told; absent everywhere else. */
  readonly neighbours?: readonly Rendered[];
}
export interface ReadFile { readonly file: string; readonly breaches: readonly Breach[] }
