import type { Connection } from '../contract.ts';
import type { Kit } from '../kit.ts';
import { openFolder } from './objects-file.ts';

export interface Objects {
  /** Writes all or nothing and replaces what was there. `type` is the media type; a folder keeps the name alone. */
  put(key: string, bytes: Uint8Array, type: string): Promise<void>;
  get(key: string): Promise<Uint8Array | undefined>;
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** The adapter is chosen by the URL's scheme. @throws {Error} for a scheme that none of them speaks */
export function openObjects(kit: Kit, connection: Connection<'objects'>): Objects {
  const { protocol } = new URL(connection.url.reveal());
  if (protocol === 'file:') return openFolder(kit, connection);
  if (protocol === 's3:') throw new Error(`${connection.reference}: the adapter for s3: is not built yet. Use file:.`);
  throw new Error(`${connection.reference}: no object store speaks "${protocol}". Use file:.`);
}
