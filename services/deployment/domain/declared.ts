/** `synth/<environment>/journey.json` as far as this service reads it; the rest is handed on untouched. */
export interface Declared {
  readonly nodes: readonly { readonly name: string; readonly kind: string }[];
}

export function isDeclared(value: unknown): value is Declared {
  if (typeof value !== 'object' || value === null || !('nodes' in value) || !Array.isArray(value.nodes)) return false;
  return value.nodes.every((node: unknown) =>
    typeof node === 'object' && node !== null
    && 'name' in node && typeof node.name === 'string'
    && 'kind' in node && typeof node.kind === 'string');
}

/** What can be deployed in that environment: its workloads, not its backings. */
export function workloadsOf(declared: Declared): readonly string[] {
  return declared.nodes.filter((node) => node.kind === 'workload').map((node) => node.name);
}
