import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { deployment, deploymentRequested } from '../../deployment/contract.ts';
import type { DeploymentRequest } from '../domain/message.ts';

/** The data of an event, checked by the schema that the publishing service gave it. @throws {Error} that says where it does not fit */
export function parseRequested(data: unknown): DeploymentRequest {
  if (isRequested(data)) return data;
  throw new Error(`The data of the event does not fit ${deploymentRequested}: ${ajv.errorsText(isRequested.errors, { dataVar: 'data' })}.`);
}

const ajv = new Ajv2020({ strict: true, strictRequired: false });
formats.default(ajv);
const isRequested = ajv.compile<DeploymentRequest>(deployment.events?.[deploymentRequested] ?? { not: {} });
