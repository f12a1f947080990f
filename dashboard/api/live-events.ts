import { fleetRoutes } from '../../services/deployment/contract/fleet.ts';
import { pathOf } from './ask.ts';
import type { Live } from './delivery.ts';
import { followEvents } from './follow-events.ts';
import { conforms } from './schema.ts';

/** The events carry what the synchronization answers. */
const schema = fleetRoutes.sync.answers[202];

export interface Listener {
  readonly onState: (state: Live) => void;
  /** False while nothing comes: then somebody else has to ask. */
  readonly onLive: (live: boolean) => void;
}

/**
 * Follows one environment until it is told to stop. What does not conform to the contract is left out.
 * @returns ends it
 */
export function followEnvironment(environment: string, { onState, onLive }: Listener): () => void {
  return followEvents(pathOf(fleetRoutes.listEvents.path, { environment }), 'message', {
    onLive(live) {
      // An environment that nobody watches has a stream without events.
      if (!live) onLive(false);
    },
    onData(value) {
      const state = stateIn(value);
      if (!state || state.environment !== environment) return;
      onLive(true);
      onState(state);
    },
  });
}

/** @returns undefined for what is no state of an environment */
export function stateIn(value: unknown): Live | undefined {
  return conforms(schema, value) ? value : undefined;
}
