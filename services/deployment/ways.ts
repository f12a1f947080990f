import type { Database } from '../kit/adapters/postgres.ts';
import type { Kit } from '../kit/kit.ts';
import type { Board } from './adapters/board.ts';
import type { Forge } from './adapters/forge-port.ts';
import type { FreezeRule } from './adapters/freeze-rule.ts';
import type { JourneyCli } from './adapters/journey-cli.ts';
import type { StageAlerts } from './adapters/stage-alerts.ts';
import type { Repository } from './adapters/repository.ts';
import type { deployment } from './contract.ts';

/** All that routes and steps work with. */
export interface Ways {
  readonly kit: Kit<typeof deployment>;
  readonly database: Database;
  readonly forge: Forge;
  readonly repository: Repository;
  readonly board: Board;
  readonly alerts: StageAlerts;
  readonly cli: JourneyCli;
  readonly freeze: FreezeRule;
  /** What this process is getting ready: `<request> <environment> <subject> <release>`. */
  readonly preparing: Set<string>;
  /** Something was committed: an event to publish, or a request to go on with. Cheap, never throws. */
  committed(): void;
}
