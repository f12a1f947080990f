import { get, listOf, textOf } from '../json.ts';
import type { Manifest, Rendered } from '../rendered.ts';
import { breach, type Breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { treeOf } from './application.ts';
import { globOf } from './glob.ts';

type Window = NonNullable<NonNullable<Rendered['journey']>['delivery']['window']>;

export const projectWindow = rule({
  id: 'project-window',
  why: 'Production takes changes when somebody is awake; without the window in its project the next merge is applied at three in the morning.',
  fix: 'Say `delivery.window` in environments/ and run ./journey synth.',
  serves: ['NSA/CISA: Upgrading and application security practices'],
  // Each Application that applies something there, and the one that applies that Application.
  of: (rendered) => (rendered.neighbours ?? []).filter((n) => n.production || n.journey?.delivery.window).flatMap((environment) =>
    governing(rendered, environment).map((on) => ({ on, window: environment.journey?.delivery.window, name: environment.name }))),
  check: ({ on, window, name }, rendered) => {
    const project = treeOf(rendered).projects.find((one) => one.name === get(on.json, 'spec', 'project'));
    if (!project) return []; // application-project says so
    const windows = listOf(get(project.json, 'spec', 'syncWindows')).map((json, i) => ({ json, i })).filter(({ json }) => get(json, 'kind') === 'allow' && chooses(json, on));
    if (windows.length === 0) return [breach(on, ['spec', 'project'], `applies things of ${name}, and its project ${project.name} has no window for it`)];
    return windows.flatMap(({ json, i }) => differences(project, i, json, window));
  },
});

function governing(rendered: Rendered, environment: Rendered): Manifest[] {
  const tree = treeOf(rendered);
  const direct = new Set(environment.manifests.flatMap((m) => tree.ownersOf(m)));
  const above = [...direct].flatMap((a) => tree.ownersOf(a));
  // The root holds all environments and cannot wait for one; it is applied by hand and changes with the list of environments.
  return [...new Set([...direct, ...above.filter((a) => tree.ownersOf(a).length > 0)])];
}

const chooses = (window: unknown, application: Manifest): boolean =>
  listOf(get(window, 'applications')).some((pattern) => typeof pattern === 'string' && globOf(pattern)?.test(application.name) === true);

function differences(project: Manifest, i: number, json: unknown, window: Window | undefined): Breach[] {
  const wanted = window ? { schedule: window.schedule, duration: `${window.hours}h`, timeZone: window.timeZone } : {};
  return Object.entries(wanted).filter(([key, value]) => textOf(get(json, key)) !== value)
    .map(([key, value]) => breach(project, ['spec', 'syncWindows', i, key], `is not what the model says: ${value}`));
}
