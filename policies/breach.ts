import type { Path } from './json.ts';

/** Where something that rules look at stands. */
export interface Place {
  /** As it was found: `synth/dev/kubernetes/gateway/deployment.yaml`. */
  readonly file: string;
  /** `Deployment/gateway`, `aws_db_instance.identity`. */
  readonly object: string;
  /** The workload it belongs to; its line in the model is shown with each finding. */
  readonly workload?: string;
  /** The reference that asked for it, `gateway.AUTH_URL`: a nearer line than the workload's. */
  readonly reference?: string;
}

/** One thing that does not hold. */
export interface Breach extends Place {
  readonly path: Path;
  readonly what: string;
  /** A notice is printed and fails nothing. @default 'finding' */
  readonly level?: 'finding' | 'notice';
}

/** A breach at a path below a thing. */
export const breach = ({ file, object, workload, reference }: Place, path: Path, what: string): Breach => ({
  file, object, path, what,
  ...(workload === undefined ? {} : { workload }),
  ...(reference === undefined ? {} : { reference }),
});
