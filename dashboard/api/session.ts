import { sessionRoutes } from '../../services/gateway/contract/sessions.ts';
import { ask, type AnswerOf } from './ask.ts';

export type Person = AnswerOf<typeof sessionRoutes.session>;

export const readSession = (signal?: AbortSignal) => ask(sessionRoutes.session, { ...(signal && { signal }) });
export const signOut = () => ask(sessionRoutes.signOut);
