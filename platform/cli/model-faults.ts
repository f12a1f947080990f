import { isKnob, isRef, ModelError, portsOf, type Environment, type Platform, type Ref, type Workload } from '../model/index.ts';
import type { Fault } from './fault.ts';
import { placeFaults } from './place-faults.ts';

/**
 * What the compiler would refuse and a synth without it would render wrongly: an entry that nothing is bound to, a
 * workload without a size, a release of nothing, a name that is none, a database of two. All of it at once.
 */
export function faultsOf(platform: Platform, environments: Iterable<Environment>): readonly Fault[] {
  return [...bindingFaults(platform), ...portFaults(platform), ...sharingFaults(platform), ...[...environments].flatMap((environment) => environmentFaults(platform, environment))];
}

function bindingFaults(platform: Platform): Fault[] {
  const backings = new Set(Object.values(platform.backing).map(({ name }) => name));
  return Object.entries(platform.workloads).flatMap(([name, { contract, options, declaredAt }]) => {
    const at = { where: fileOf(declaredAt) };
    const { missing, extra } = compare(Object.keys(contract.env), Object.keys(options.env));
    return [
      ...(contract.name === name ? [] : [{ where: 'platform/platform.ts', what: `the workload "${contract.name}" is listed as "${name}"`, fix: `List it as "${contract.name}".` }]),
      ...missing.map((key) => ({ ...at, what: `nothing is bound to ${name}.${key}`, fix: `Bind ${key} in its \`env\`.` })),
      ...extra.map((key) => ({ ...at, what: `${name}.${key} is bound, but its contract has no such entry`, fix: `Remove it, or add ${key} to the contract.` })),
      ...Object.entries(options.env).flatMap(([key, bound]): Fault[] => {
        if (isKnob(bound) || !isRef(bound) || bound.kind === 'secret') return [];
        const known = bound.kind === 'service' || bound.kind === 'address' ? platform.workloads[bound.target] !== undefined : backings.has(bound.target);
        return known ? [] : [{ where: bound.declaredAt, what: `${name}.${key} refers to "${bound.target}", which the platform does not have`, fix: 'Add it to the platform, or refer to another.' }];
      }),
    ];
  });
}

/** The cluster's rules for port names are IANA's (RFC 6335 §5.1). */
function portFaults(platform: Platform): Fault[] {
  return Object.values(platform.workloads).flatMap((workload): Fault[] => {
    try {
      const ports = portsOf(workload.contract);
      const { name } = workload.contract;
      const where = `${workload.contract.folder ?? `services/${name}`}/contract.ts`;
      return ports.flatMap((port, place): Fault[] => [
        ...(/^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/.test(port.name) ? []
          : [{ where, what: `a port of "${name}" cannot be called "${port.name}"`, fix: 'Use 1 to 15 of a-z, 0-9 and single `-`, with a letter.' }]),
        ...(Number.isInteger(port.number) && port.number >= 1 && port.number <= 65_535 ? []
          : [{ where, what: `the port "${port.name}" of "${name}" is ${port.number}`, fix: 'Write a whole number from 1 to 65535.' }]),
        ...(ports.findIndex(({ number }) => number === port.number) === place ? []
          : [{ where, what: `two ports of "${name}" are ${port.number}`, fix: 'Give each a number of its own.' }]),
      ]);
    } catch (error) {
      if (error instanceof ModelError) return [{ where: error.where, what: error.message, fix: error.fix }];
      throw error;
    }
  });
}

/** Each database has a role that nobody else is given: a second workload behind it would read and migrate another's tables. */
function sharingFaults(platform: Platform): Fault[] {
  const uses = Object.values(platform.workloads).flatMap((workload) => databasesOf(workload).map(([key, ref]) => ({ name: workload.contract.name, key, ref })));
  return [...Map.groupBy(uses, ({ ref }) => ref.target)].flatMap(([target, all]) =>
    all.filter(({ name }) => name !== all[0]?.name).map(({ name, key, ref }) => ({
      where: ref.declaredAt, what: `${name}.${key} is bound to the database "${target}", which is ${all[0]?.name}'s`, fix: `Give ${name} a database of its own in platform/backing.ts.`,
    })));
}

function databasesOf({ options }: Workload): [string, Ref][] {
  return Object.entries(options.env).flatMap(([key, bound]): [string, Ref][] => (!isKnob(bound) && isRef(bound) && bound.kind === 'database' ? [[key, bound]] : []));
}

function environmentFaults(platform: Platform, environment: Environment): Fault[] {
  const where = fileOf(environment.declaredAt);
  const releases = `environments/releases/${environment.name}.json`;
  const workloads = Object.keys(platform.workloads);
  return [
    ...keysOf(where, `backings of "${environment.name}"`, Object.keys(platform.backing), environment.backing),
    ...keysOf(where, `knobs of "${environment.name}"`, Object.keys(platform.knobs), environment.knobs),
    ...keysOf(releases, `releases of "${environment.name}"`, workloads, environment.release),
    ...keysOf(where, `scales of "${environment.name}"`, workloads, environment.scale),
    ...placeFaults(platform, environment),
  ];
}

function keysOf(where: string, list: string, wanted: readonly string[], given: Readonly<Record<string, unknown>> = {}): Fault[] {
  const { missing, extra } = compare(wanted, Object.keys(given));
  return [
    ...missing.map((key) => ({ where, what: `the ${list} have no "${key}"`, fix: `Add "${key}".` })),
    ...extra.map((key) => ({ where, what: `the ${list} name "${key}", which the platform does not have`, fix: `Remove "${key}", or correct its spelling.` })),
  ];
}

function compare(wanted: readonly string[], given: readonly string[]): { readonly missing: readonly string[]; readonly extra: readonly string[] } {
  const [needed, present] = [new Set(wanted), new Set(given)];
  return { missing: wanted.filter((key) => !present.has(key)), extra: given.filter((key) => !needed.has(key)) };
}

const fileOf = (line: string): string => line.replace(/:\d+$/, '');
