/** The ids of the first and the last thing that is there; both 0 when nothing is. */
export interface Bounds { readonly oldest: number; readonly newest: number }

/** Things with ids that grow in the order in which they were committed: who has seen one has seen all before it. */
export interface Numbered<T extends { readonly id: number }> {
  bounds(): Promise<Bounds>;
  /** Those after `after` up to and with `upTo`, in the order of their ids. */
  since(after: number, upTo: number, limit: number): Promise<readonly T[]>;
}
