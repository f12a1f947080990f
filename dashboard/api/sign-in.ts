import { signInRoutes } from '../../services/gateway/contract/sign-in.ts';
import { ask } from './ask.ts';

export type Credentials = { readonly name: string; readonly password: string } | { readonly link: string };

/** Apart from session.ts, which every page loads. */
export const signIn = (body: Credentials) => ask(signInRoutes.signIn, { body });
