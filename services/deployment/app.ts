import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRelay, type Relay } from '../kit/adapters/outbox.ts';
import { openDatabase } from '../kit/adapters/postgres.ts';
import { openQueue } from '../kit/adapters/queue.ts';
import type { App, Kit } from '../kit/kit.ts';
import { openStageAlerts } from './adapters/stage-alerts.ts';
import { openBoard } from './adapters/board.ts';
import { openEngine } from './adapters/engine.ts';
import { openForge } from './adapters/forge.ts';
import { openFreezeRule } from './adapters/freeze-rule.ts';
import { openJourneyCli } from './adapters/journey-cli.ts';
import { openRepository } from './adapters/repository.ts';
import { synthFolder } from './adapters/synth-folder.ts';
import { deploymentRequested, type deployment } from './contract.ts';
import { beginRequest } from './routes/begin.ts';
import { change } from './routes/change.ts';
import { create } from './routes/create.ts';
import { approve, close, merge } from './routes/decide.ts';
import { readDeclaration } from './routes/declaration.ts';
import { declared } from './routes/declared.ts';
import { readDiff } from './routes/diff.ts';
import { listDrift, listEnvironments, listEvents } from './routes/environments.ts';
import { listHistory } from './routes/history.ts';
import { liftHold, listHolds } from './routes/holds.ts';
import { list } from './routes/list.ts';
import { listManifests } from './routes/manifests.ts';
import { promote } from './routes/promote.ts';
import { listPulls, readPull } from './routes/pulls.ts';
import { read } from './routes/read.ts';
import { rollback } from './routes/rollback.ts';
import { setAutomatic, sync } from './routes/sync.ts';
import { startWorker, type Worker } from './steps/worker.ts';
import type { Ways } from './ways.ts';

/**
 * All that deployment does: asks become requests, and the worker brings requests from wish to reality.
 * @param root the checkout whose command line knows the model
 */
export async function app(kit: Kit<typeof deployment>, root = process.cwd()): Promise<App<typeof deployment>> {
  const database = openDatabase(kit, kit.env.DATABASE);
  const events = openQueue(kit, kit.env.EVENTS);
  const requests = openQueue(kit, kit.env.REQUESTS);
  const forge = openForge(kit, kit.env.REPOSITORY, { mirror: join(tmpdir(), 'request-journey-mirror') });
  const board = openBoard(kit, openEngine(kit, kit.env.ENGINE));
  const ending = new AbortController();
  let relay: Relay | undefined;
  let worker: Worker | undefined;
  const ways: Ways = {
    kit, database, forge, board, alerts: openStageAlerts(kit, kit.env.ALERTS), repository: openRepository(forge), cli: openJourneyCli(root, ending.signal), freeze: openFreezeRule(kit), preparing: new Set(),
    committed() {
      relay?.wake();
      worker?.wake();
    },
  };
  return {
    handlers: {
      create: create(ways), change: change(ways), promote: promote(ways), rollback: rollback(ways),
      list: list(database), read: read(database),
      listPulls: listPulls(ways), readPull: readPull(ways), approve: approve(ways), merge: merge(ways, () => worker), close: close(ways),
      listEnvironments: listEnvironments(ways), listHistory: listHistory(ways), readDiff: readDiff(ways), listDrift: listDrift(ways),
      sync: sync(ways), setAutomatic: setAutomatic(ways), listEvents: listEvents(ways), listManifests: listManifests(ways), readDeclaration: readDeclaration(ways),
      listHolds: listHolds(ways), liftHold: liftHold(ways), declared: declared(synthFolder(kit.env.SYNTH_FOLDER)),
    },
    // Queue, forge and engine are not asked: while they are away requests wait, and the routes that need them say so.
    ready: { DATABASE: () => database.ready() },
    async start() {
      relay = startRelay(kit, database, events);
      worker = startWorker(ways);
      await requests.consume('deployment', beginRequest(ways), { types: [deploymentRequested] });
    },
    async stop() {
      await requests.close();
      ending.abort();
      await worker?.stop();
      await relay?.stop();
      await events.close();
      await forge.stop();
      await database.close();
    },
  };
}
