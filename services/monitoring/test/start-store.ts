import { join } from 'node:path';
import { openDatabase } from '../../kit/adapters/postgres.ts';
import { migrate } from '../../kit/migrate.ts';
import { connectionTo } from '../../kit/test/connection.ts';
import { testContract } from '../../kit/test/contract.ts';
import { testKit } from '../../kit/test/kit.ts';
import { startPostgres } from '../../kit/test/postgres.ts';

/** Monitoring's tables on a PostgreSQL of their own, without the service. */
export async function startStore() {
  const [kit, postgres] = [testKit(testContract), await startPostgres()];
  const connection = connectionTo('database', await postgres.backing('telemetry'), 'monitoring.DATABASE');
  await migrate(connection, join(import.meta.dirname, '../migrations'), kit.log);
  const database = openDatabase(kit, connection);
  return {
    kit, database,
    /** Ends PostgreSQL as a crash would. */
    kill: postgres.kill,
    async stop() {
      await database.close();
      await kit.close();
      await postgres.stop();
    },
  };
}
export type TestStore = Awaited<ReturnType<typeof startStore>>;
