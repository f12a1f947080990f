import { journeyRoutes } from '../../services/monitoring/contract/journey.ts';
import { ask } from './ask.ts';

export const readJourney = (traceId: string, signal: AbortSignal) => ask(journeyRoutes.journey, { params: { traceId }, signal });
