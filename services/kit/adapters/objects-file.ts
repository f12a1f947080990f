import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Connection } from '../contract.ts';
import type { Kit } from '../kit.ts';
import { problem } from '../problem.ts';
import { measured } from '../measured.ts';
import { span } from '../telemetry.ts';
import { codeOf, messageOf, serviceOf } from './error.ts';
import type { Objects } from './objects-port.ts';

/** Words joined by `/`; no dot at the start of one, so neither `..` nor a hidden file. */
const KEY = /^(?=.{1,500}$)[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;

/** A folder. A reader sees the old object or the new one, never half of it, also when the machine stops in between. */
export function openFolder(_kit: Kit, connection: Connection<'objects'>): Objects {
  const { reference } = connection;
  const folder = fileURLToPath(connection.url.reveal());
  const traced = <T>(operation: 'PUT' | 'GET', key: string, fn: () => Promise<T>) =>
    span(`${operation} ${reference}`, { kind: 'client', attributes: { 'journey.reference': reference, 'objects.operation': operation, 'objects.key': key } }, () => measured('backing_operation_duration_seconds', (failed) => ({ journey_reference: reference, operation, error_type: failed }), async () => {
      if (!KEY.test(key)) throw problem('invalid_params', 'The key of an object is made of letters, digits, ".", "_", "-" and "/"; no part begins with a dot.');
      return fn().catch((error: unknown) => {
        throw problem('unavailable', `The object store ${reference} failed: ${codeOf(error) ?? messageOf(error)}`, { cause: error, at: serviceOf(reference) });
      });
    }));
  return {
    put: (key, bytes) => traced('PUT', key, async () => {
      await mkdir(folder, { recursive: true });
      const target = join(folder, key);
      await mkdir(dirname(target), { recursive: true });
      await insideOf(folder, dirname(target));
      await written(target, bytes);
    }),
    get: (key) => traced('GET', key, async () => {
      try {
        const target = join(folder, key);
        await insideOf(folder, target);
        return await readFile(target);
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw error;
      }
    }),
    async ready() {
      try {
        await mkdir(folder, { recursive: true });
        await access(folder, constants.W_OK);
      } catch (error) {
        throw problem('unavailable', `The object store ${reference} cannot be written: ${messageOf(error)}`, { cause: error, at: serviceOf(reference) });
      }
    },
    async close() {},
  };
}

/** Bytes to a file beside it, to the disk, to its name; then the folder to the disk, which holds the name. */
async function written(target: string, bytes: Uint8Array): Promise<void> {
  const beside = join(dirname(target), `.${randomBytes(8).toString('hex')}.part`);
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  const names = await open(dirname(target), 'r');
  await names.sync().finally(() => names.close());
}

/** A link inside the folder must not lead out of it. */
async function insideOf(folder: string, path: string): Promise<void> {
  const [root, real] = [await realpath(folder), await realpath(path)];
  if (real !== root && !real.startsWith(root + sep)) throw new Error('leads out of its folder');
}
