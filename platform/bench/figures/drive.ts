import { outputOf } from '../child.ts';
import type { Driven, Order } from './driver.ts';

const DRIVER = new URL('./driver.ts', import.meta.url);

/** Runs the driver, which shares nothing with who is measured. @throws {Error} with the end of its stderr when it fails */
export const drive = async (order: Order, signal: AbortSignal): Promise<Driven> => JSON.parse(await outputOf(DRIVER, signal, { input: JSON.stringify(order) })) as Driven;
