export interface Target {
  readonly name: string;
  /** Where its /readyz is. */
  readonly url: URL;
}

/** `name=url,name=url` of WORKLOADS. @throws {Error} that lists every wrong entry */
export function targetsOf(workloads: string | undefined): readonly Target[] {
  const wrong: string[] = [];
  const found = new Map<string, Target>();
  for (const entry of (workloads ?? '').split(',').map((text) => text.trim()).filter((text) => text !== '')) {
    const [, name, address] = /^([a-z][a-z0-9-]{0,62})=(\S+)$/.exec(entry) ?? [];
    const url = address === undefined ? null : URL.parse(address);
    if (name === undefined || !url || !/^https?:$/.test(url.protocol)) wrong.push(`"${entry.slice(0, 80)}" is not name=http://host:port`);
    else if (found.has(name)) wrong.push(`${name} is there twice`);
    else found.set(name, { name, url });
  }
  if (wrong.length > 0) throw new Error(`WORKLOADS: ${wrong.join('; ')}.`);
  return [...found.values()];
}
