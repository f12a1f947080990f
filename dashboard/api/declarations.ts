import { declarationRoutes as routes } from '../../services/deployment/contract/declarations.ts';
import { ask } from './ask.ts';

export const listManifests = (environment: string, query: { readonly path?: string | undefined; readonly commit?: string | undefined }, signal: AbortSignal) =>
  ask(routes.listManifests, { params: { environment }, query, signal });
export const readDeclaration = (environment: string, subject: { readonly reference: string } | { readonly workload: string }, signal: AbortSignal) =>
  ask(routes.readDeclaration, { params: { environment }, query: { ...subject }, signal });
