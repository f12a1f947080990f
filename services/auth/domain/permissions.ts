import type { Role } from '../../kit/contract.ts';

/** Roles in rising order; each may do what the one before it may. */
export const roles: readonly Role[] = ['viewer', 'operator', 'admin'];

/** What each role adds. An action is `<service>.<route>`; `*` stands for all services or all routes. */
const permissions: Readonly<Record<Role, readonly string[]>> = {
  viewer: [
    '*.read', '*.list', 'deployment.declared', 'deployment.listPulls', 'deployment.readPull', 'deployment.listEnvironments', 'deployment.listHistory', 'deployment.readDiff',
    'deployment.listDrift', 'deployment.listEvents', 'deployment.listManifests', 'deployment.readDeclaration', 'deployment.listHolds',
    'monitoring.events', 'monitoring.journeys', 'monitoring.journey', 'monitoring.journeyEvents',
    'monitoring.workloads', 'monitoring.red', 'monitoring.metricSeries', 'monitoring.metricNames', 'monitoring.metricsLive', 'monitoring.edges',
    'monitoring.logs', 'monitoring.logHistogram', 'monitoring.logFacets', 'monitoring.logExport', 'monitoring.logTail', 'monitoring.logContext', 'monitoring.telemetry', 'monitoring.journeyOtlp', 'monitoring.jaegerTrace',
    'monitoring.faults',
    'monitoring.alerts', 'monitoring.alertHistory', 'monitoring.alertRules', 'monitoring.prometheusRule', 'monitoring.previewAlertRule', 'monitoring.silences',
    'monitoring.amStatus', 'monitoring.amReceivers', 'monitoring.amAlerts', 'monitoring.amGroups', 'monitoring.amSilences', 'monitoring.amSilence',
    'gateway.session', 'gateway.signOut', 'gateway.openapi', 'gateway.ticket',
  ],
  operator: [
    'deployment.create', 'deployment.change', 'deployment.promote', 'deployment.rollback', 'deployment.approve', 'deployment.merge', 'deployment.close',
    'deployment.sync', 'deployment.setAutomatic', 'configuration.write', 'monitoring.beginFault', 'monitoring.endFault', 'monitoring.importJourney',
    'monitoring.fireTestAlert', 'monitoring.acknowledgeAlert', 'monitoring.createAlertRule', 'monitoring.changeAlertRule', 'monitoring.removeAlertRule',
    'monitoring.createSilence', 'monitoring.endSilence', 'monitoring.amPostSilence', 'monitoring.amDeleteSilence', 'monitoring.amPushAlerts',
  ],
  admin: ['*.*'],
};

export interface Decision {
  readonly allowed: boolean;
  /** A sentence for the person who asked: `viewer may not deployment.create: it needs operator`. */
  readonly reason: string;
}
/** A person as they are in the database now. */
export interface Standing {
  readonly active: boolean;
  readonly roles: readonly Role[];
}

/** Decides by the roles a person holds now; `null` is a person who does not exist (any more). */
export function decide(person: Standing | null, action: string): Decision {
  if (person === null) return { allowed: false, reason: `nobody by this name is known, so ${action} is refused` };
  if (!person.active) return { allowed: false, reason: `this person is deactivated, so ${action} is refused` };
  const highest = roles.findLast((role) => person.roles.includes(role));
  if (highest === undefined) return { allowed: false, reason: `this person has no role, so ${action} is refused` };
  const needed = neededFor(action);
  return roles.indexOf(highest) >= roles.indexOf(needed)
    ? { allowed: true, reason: `${highest} may ${action}` }
    : { allowed: false, reason: `${highest} may not ${action}: it needs ${needed}` };
}

/** The lowest role that may do it. What no line names needs admin. */
function neededFor(action: string): Role {
  return roles.find((role) => permissions[role].some((pattern) => matches(pattern, action))) ?? 'admin';
}

function matches(pattern: string, action: string): boolean {
  const [service, route] = pattern.split('.');
  const [ofService, ofRoute] = action.split('.');
  return (service === '*' || service === ofService) && (route === '*' || route === ofRoute);
}

/** Narrows what a database or a line of input holds. */
export function isRole(value: unknown): value is Role {
  return roles.some((role) => role === value);
}
