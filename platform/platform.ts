import { backing } from './backing.ts';
import { knobs } from './knobs.ts';
import { definePlatform } from './model/index.ts';
import { auth } from './workloads/auth.ts';
import { configuration } from './workloads/configuration.ts';
import { dashboard } from './workloads/dashboard.ts';
import { deployment } from './workloads/deployment.ts';
import { gateway } from './workloads/gateway.ts';
import { monitoring } from './workloads/monitoring.ts';
import { notification } from './workloads/notification.ts';

export const platform = definePlatform({
  workloads: {
    gateway,
    auth,
    deployment,
    configuration,
    notification,
    monitoring,
    dashboard,
  },
  backing,
  knobs,
  standard: { telemetry: 'monitoring', keys: 'auth', secrets: 'vault' },
});
