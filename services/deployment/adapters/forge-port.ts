import type { Holds } from './holds.ts';

/** Where pull requests live: a bare repository on this machine, or GitHub. Every adapter passes `forge.suite.ts`. */
export interface Forge {
  readonly name: 'local' | 'GitHub';
  /** A bare git folder that holds every object of the repository; up to date after `refresh`. Read and write objects there, never refs. */
  readonly folder: string;
  /** Fetches what others have pushed. @returns the tip of `main` */
  refresh(): Promise<string>;
  /**
   * Opens a pull request for a commit whose objects are in `folder` and whose only parent is `base`. The same `key` twice
   * is the same pull request: branch and record come into being together or not at all.
   */
  open(pull: NewPull): Promise<Pull>;
  /** Puts another commit in the place of an open one, because `main` has moved. Approvals stay with the commit they were given. */
  update(number: number, next: { readonly base: string; readonly head: string; readonly body: string }): Promise<Pull>;
  read(number: number): Promise<Pull | null>;
  /** The open ones (the newest 100), then the newest 50 of those that have ended; each newest first. */
  list(): Promise<PullList>;
  byKey(key: string): Promise<Pull | null>;
  /** The one comment that starts with `<!-- marker -->`: written anew, not added to. */
  comment(number: number, marker: string, text: string): Promise<void>;
  /** @throws Problem `forbidden` for the author's own, `conflict` when `commit` is not the head or it is not open */
  approve(number: number, by: string, commit: string): Promise<Pull>;
  /**
   * A merge commit whose tree is the head's. Main and record change together or not at all. Merging what is merged answers it again.
   * @throws Problem `conflict` when `commit` is not the head, `main` is not `base` any more, or it is closed
   */
  merge(number: number, merge: { readonly by: string; readonly commit: string; readonly message: string }): Promise<Pull>;
  close(number: number, by: string, reason: string): Promise<Pull>;
  /** What was taken back, for all who work with this repository. */
  readonly holds: Holds;
  ready(): Promise<void>;
  /** Ends what it started. */
  stop(): Promise<void>;
}
export interface PullList {
  readonly pulls: readonly Pull[];
  /** Older open ones that are not among them. */
  readonly unlisted: number;
}
export interface NewPull {
  /** The request's id: what makes opening it repeatable. */
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly base: string;
  readonly head: string;
}
export interface Pull extends NewPull {
  readonly number: number;
  readonly state: 'open' | 'merged' | 'closed';
  /** `change/<number or key>`. */
  readonly branch: string;
  /** RFC 3339. */
  readonly openedAt: string;
  /** A page of the forge, where it has one. */
  readonly url?: string;
  readonly approvals: readonly Approval[];
  readonly mergedAs?: string;
  readonly mergedBy?: string;
  readonly mergedAt?: string;
  readonly closedBy?: string;
  readonly comments: Readonly<Record<string, string>>;
}
export interface Approval { readonly by: string; readonly at: string; readonly commit: string }
