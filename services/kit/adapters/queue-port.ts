import type { Event } from './event.ts';

/** Publish and subscribe: each consumer has a durable queue of its own and gets every event of the types it asked for. */
export interface Queue {
  /**
   * Resolves when the event is safe in every consumer's queue.
   * @throws {Problem} `unavailable` when the broker is away, did not confirm in time, or nobody has ever asked for this type:
   * the outbox then keeps the event
   */
  publish(event: Event): Promise<void>;
  /**
   * Hands over each event at least once, up to `concurrency` at a time, in no promised order. When the handler throws, the event is
   * tried again after a rest that doubles; after the fifth try it goes to the dead letters with the cause.
   * Resolves at once; while the broker is away it keeps trying to come back.
   */
  consume(consumer: string, handler: Handler, options: ConsumeOptions): Promise<void>;
  /** Up to 100 that were given up; they stay. */
  deadLetters(consumer: string): Promise<readonly DeadLetter[]>;
  /** Rejects while the broker is away, and until every consumer of this process has subscribed. */
  ready(): Promise<void>;
  /** Takes nothing new, lets the handlers that run end (at most 10 s), then closes. */
  close(): Promise<void>;
}
export type Handler = (event: Event, delivery: Delivery) => Promise<void>;
export interface Delivery {
  readonly id: string;
  /** 1 for the first try. */
  readonly count: number;
}
export interface ConsumeOptions {
  /** Event types, exactly. */
  readonly types: readonly string[];
  /** @default 4 */
  readonly concurrency?: number;
}
export interface DeadLetter {
  /** As it came, even when it is no event. */
  readonly event: unknown;
  readonly cause: string;
  readonly tries: number;
}
export interface QueueTimes {
  /** Rest after the first failed try, in whole seconds; it doubles. @default 5 */
  readonly retrySeconds?: number;
  /** Longest wait for a confirm or an answer. @default 5000 */
  readonly answerMs?: number;
  /** First wait before a broken connection is opened again; doubles up to 5 s. @default 100 */
  readonly reconnectMs?: number;
  /** How long a handler may take. @default 25000 */
  readonly handlerMs?: number;
}
export const MAX_TRIES = 5;
