export interface Objects {
  /** Writes all or nothing and replaces what was there. `type` is the media type; a folder keeps the name alone. */
  put(key: string, bytes: Uint8Array, type: string): Promise<void>;
  get(key: string): Promise<Uint8Array | undefined>;
  ready(): Promise<void>;
  close(): Promise<void>;
}
