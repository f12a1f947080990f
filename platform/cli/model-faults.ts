import { isKnob, isRef, type Environment, type Platform } from '../model/index.ts';

export interface Fault { readonly where: string; readonly what: string; readonly fix: string }

/**
 * What the compiler would refuse and a synth without it would render wrongly: an entry that nothing is bound to, a
 * workload without a size, a release of nothing. All of it at once.
 */
export function faultsOf(platform: Platform, environments: Iterable<Environment>): readonly Fault[] {
  return [...bindingFaults(platform), ...[...environments].flatMap((environment) => environmentFaults(platform, environment))];
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
        const known = bound.kind === 'service' ? platform.workloads[bound.target] !== undefined : backings.has(bound.target);
        return known ? [] : [{ where: bound.declaredAt, what: `${name}.${key} refers to "${bound.target}", which the platform does not have`, fix: 'Add it to the platform, or refer to another.' }];
      }),
    ];
  });
}

function environmentFaults(platform: Platform, environment: Environment): Fault[] {
  const where = fileOf(environment.declaredAt);
  const releases = `environments/releases/${environment.name}.json`;
  const workloads = Object.keys(platform.workloads);
  return [
    ...keysOf(where, `backings of "${environment.name}"`, Object.keys(platform.backing), environment.backing),
    ...keysOf(where, `knobs of "${environment.name}"`, Object.keys(platform.knobs), environment.knobs),
    ...keysOf(releases, `releases of "${environment.name}"`, workloads, environment.release),
    ...(environment.kind === 'local' ? [] : keysOf(where, `scales of "${environment.name}"`, workloads, environment.scale)),
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
