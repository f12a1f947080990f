import type { RequestHandler } from 'express';
import { demoLabel } from '../contract/demo-traffic.ts';
import { stateOf } from '../../kit/request-state.ts';

/** Demo traffic says what it is, and the journey shows it. Anybody may say it of their own requests; it opens nothing. */
export const label: RequestHandler = (request, _response, next) => {
  if (request.get('journey-traffic') === demoLabel['journey-traffic']) stateOf(request).span.setAttribute('journey.traffic', 'demo');
  next();
};
