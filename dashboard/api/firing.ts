import { alertRoutes } from '../../services/monitoring/contract/alerts.ts';
import { ask } from './ask.ts';

/** Apart from what else can be done about alerts (alerts.ts): every page counts them. */
export const listAlerts = (signal: AbortSignal) => ask(alertRoutes.alerts, { signal });
