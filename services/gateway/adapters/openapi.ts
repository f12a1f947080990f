import type { Contract, Schema } from '../../kit/contract.ts';
import { openapiOf } from '../../kit/openapi.ts';

/** What can be asked from outside, as one OpenAPI 3.1 document: the gateway's own routes and all public ones behind it. */
export function mergedOpenapi(own: Contract, behind: readonly Contract[], revision: string): Schema {
  const documents = [own, ...behind.map(publicOnly)].map((contract) => openapiOf(contract, revision));
  const paths: Record<string, object> = {};
  for (const document of documents) {
    for (const [path, operations] of Object.entries(Object(document['paths']))) paths[path] = { ...paths[path], ...Object(operations) };
  }
  return { ...documents[0], paths };
}

function publicOnly(contract: Contract): Contract {
  return { ...contract, routes: Object.fromEntries(Object.entries(contract.routes).filter(([, route]) => route.public === true)) };
}
