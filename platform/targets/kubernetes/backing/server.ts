import type { EnvVar, Probe } from '../cdk8s.ts';
import type { Amount } from '../resources.ts';
import type { User } from '../security.ts';

/** What is special about one kind of server; the rest is the same for all (stateful-set.ts). */
export interface Server {
  /** By digest; the tag is for the reader. */
  readonly image: string;
  readonly version: string;
  readonly user: User;
  readonly amount: Amount;
  readonly command?: readonly string[];
  readonly env: readonly EnvVar[];
  /** The first one is what the workloads connect to. */
  readonly ports: readonly { readonly name: string; readonly number: number }[];
  /** Where its volume is mounted. */
  readonly data: string;
  /** Folders it must write to besides, lost with the pod. */
  readonly scratch: readonly string[];
  readonly probes: { readonly startup: Probe; readonly live: Probe; readonly ready: Probe };
  /** Passwords to generate; the keys of `secret` use them as `{{ .name }}`. */
  readonly passwords: readonly string[];
  /** The Secret, as templates (external-secrets.io/latest/guides/templating); `url` is what workloads are given. */
  readonly secret: Readonly<Record<string, string>>;
  /** Key of the Secret → file in the container. */
  readonly secretFiles: Readonly<Record<string, string>>;
  /** File in the container → its text. */
  readonly files: Readonly<Record<string, string>>;
}
