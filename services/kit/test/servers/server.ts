import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A real server that a suite started for itself. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  /** As a crash would. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
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
