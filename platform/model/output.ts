/** One object in a file that a target wrote, and what it came from. */
export interface Declared {
  /** `Deployment/gateway`, `NetworkPolicy/gateway-to-auth`, `aws_db_instance/identity`. */
  readonly object: string;
  /** The workload it belongs to; absent for what an environment shares. */
  readonly workload?: string;
  /** The reference that asked for it: `gateway.AUTH_URL`. */
  readonly declaredBy?: string;
}
/** A file below `synth/<environment>/`. Its bytes depend on platform and environment alone. */
export interface OutputFile {
  /** With forward slashes: `kubernetes/gateway/deployment.yaml`. */
  readonly path: string;
  readonly text: string;
  readonly declares: readonly Declared[];
}
/** A pure function from the model to files; it knows no workload by name. */
export type Target<P, E> = (platform: P, environment: E) => readonly OutputFile[];
