/** Where the steps run, and how. */
export interface Where {
  readonly root: string;
  readonly noSkip: boolean;
  readonly signal: AbortSignal;
  /** Says how far a long step is. */
  readonly update?: (text: string) => void;
}
