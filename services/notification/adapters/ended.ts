import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { deployment, deploymentEnded } from '../../deployment/contract.ts';
import type { EndedRequest } from '../domain/message.ts';

/** The data of an event, checked by the schema that the publishing service gave it. @throws {Error} that says where it does not fit */
export function parseEnded(data: unknown): EndedRequest {
  if (isEnded(data)) return data;
  throw new Error(`The data of the event does not fit ${deploymentEnded}: ${ajv.errorsText(isEnded.errors, { dataVar: 'data' })}.`);
}

const ajv = new Ajv2020({ strict: true, strictRequired: false });
formats.default(ajv);
const isEnded = ajv.compile<EndedRequest>(deployment.events?.[deploymentEnded] ?? { not: {} });
