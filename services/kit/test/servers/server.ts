import { accessSync, constants } from 'node:fs';
import { rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Tethered } from '../tethered.ts';

/** A real server that a suite started for itself. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  /** As a crash would. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it, and starts it again after a kill. @param folder what it keeps, which is removed with it */
export async function startServer({ url, port, folder }: { readonly url: string; readonly port: number; readonly folder: string }, launch: () => Promise<Tethered>): Promise<TestServer> {
  let server = await launch();
  return {
    url, port,
    kill: () => server.kill('SIGKILL'),
    async restart() { server = await launch(); },
    async stop() {
      await server.stop();
      // One that was killed has left it.
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Where a command is: in the first of these folders that has it. @default those of PATH, and Debian's for servers */
export function commandAt(name: string, folders: readonly string[] = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin']): string | undefined {
  return folders.map((folder) => join(folder, name)).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
