import { presetReasons, presetTexts } from '../../ui/texts/composer.ts';

export interface Preset { readonly name: keyof typeof presetTexts; readonly route: string; readonly values: Readonly<Record<string, string>> }

/** Requests that are worth watching, the golden journey first. */
export const presets: readonly Preset[] = [
  { name: 'golden', route: 'deployment.create', values: { 'body.workload': 'configuration', 'body.environment': 'local', 'body.revision': 'worktree', 'body.reason': presetReasons.golden } },
  { name: 'setting', route: 'configuration.read', values: { 'path.environment': 'local', 'path.name': 'deployment-freeze' } },
  { name: 'fleet', route: 'deployment.listEnvironments', values: {} },
  { name: 'history', route: 'deployment.listHistory', values: { 'query.limit': '5' } },
  { name: 'missing', route: 'deployment.read', values: { 'path.id': '00000000-0000-4000-8000-000000000000' } },
  { name: 'knob', route: 'deployment.change', values: { 'body.environment': 'dev', 'body.knob': 'rateLimit', 'body.value': '120', 'body.reason': presetReasons.knob } },
];

/** The address of the composer with a request in it. */
export function composerHref(route: string, values: Readonly<Record<string, string>> = {}, preset?: string): string {
  return `/send?${new URLSearchParams({ ...(preset !== undefined && { preset }), route, ...values })}`;
}
