import { changeRoutes as routes } from '../../services/deployment/contract/changes.ts';
import { ask } from './ask.ts';
import type { ChangeRequest, Wish } from './delivery.ts';

const asking = { release: routes.create, knob: routes.change, scale: routes.change, promotion: routes.promote, rollback: routes.rollback } as const;

/** Asks for a change. The same key twice is one request: a repeated click asks for nothing new. */
export const sendWish = ({ kind, ...body }: Wish, idempotencyKey: string, ticket?: string): Promise<ChangeRequest> => ask(asking[kind], { body, idempotencyKey, ticket });

/** The same as a request: what a replay sends. */
export const wishAsRequest = ({ kind, ...body }: Wish) => ({ method: 'POST', path: asking[kind].path, query: {}, body: JSON.stringify(body) });
