import { sessionRoutes } from '../../services/gateway/contract/sessions.ts';
import { ask, type AnswerOf } from './ask.ts';

export type Person = AnswerOf<typeof sessionRoutes.session>;
export type Credentials = { readonly name: string; readonly password: string } | { readonly link: string };

export const signIn = (body: Credentials) => ask(sessionRoutes.signIn, { body });
export const readSession = (signal?: AbortSignal) => ask(sessionRoutes.session, { ...(signal && { signal }) });
export const signOut = () => ask(sessionRoutes.signOut);
