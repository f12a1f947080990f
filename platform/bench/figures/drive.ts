import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Driven, Order } from './driver.ts';

/** Runs the driver, which shares nothing with who is measured. @throws {Error} with the end of its stderr when it fails */
export async function drive(order: Order, signal: AbortSignal): Promise<Driven> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./driver.ts', import.meta.url))], { env: {}, stdio: ['pipe', 'pipe', 'pipe'], signal });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => { out += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { err = (err + text).slice(-4000); });
  child.stdin.end(JSON.stringify(order));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  if (code !== 0) throw new Error(`The driver ended with ${code}: ${err}`);
  return JSON.parse(out) as Driven;
}
