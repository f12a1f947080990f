import { parseAllDocuments } from 'yaml';
import { proposalOf, type Case } from './case.ts';
import { git } from './git.ts';
import { changesOf } from './run.ts';
import type { World } from './world.ts';

/** A knob that takes any text, in manifests and stacks of a cluster: it must come out as that text and as nothing else. */
const asText = (name: string, value: string): Case => ({
  name: `cluster: ${name}`,
  prepare(world) {
    const knobs = world.textOf('platform/knobs.ts').replace(/logLevel: knob<[^>]+>/, 'logLevel: knob<string>');
    const base = world.commit({ 'platform/knobs.ts': { text: knobs } });
    const change = { kind: 'knob', environment: 'dev', knob: 'logLevel', value };
    return { input: JSON.stringify(proposalOf(world, { base, change })), must: { take: (commit) => problemsOf(world, base, commit, value) } };
  },
});

function problemsOf(world: World, base: string, commit: string, value: string): readonly string[] {
  const paths = changesOf(world, world.repository, base, commit).map((line) => line.split(' ')[2] ?? '');
  const text = (path: string) => git([`--git-dir=${world.repository}`, 'cat-file', 'blob', `${commit}:${path}`]);
  const levels = paths.filter((path) => path.endsWith('/deployment.yaml')).map((path) => levelIn(text(path)));
  // Kubernetes would take `$(NAME)` for a variable: a text is written so that it does not (Container v1 core, `env.value`).
  const written = value.replaceAll('$(', '$$$$(');
  const allowed = /^(?:environments\/dev\.ts|synth\/dev\/journey\.json|synth\/dev\/kubernetes\/[a-z]+\/(?:config-map|deployment|migration|smoke)\.yaml)$/;
  return [
    ...(levels.length > 3 && levels.every((level) => level === written) ? [] : [`a manifest does not hold the text: ${JSON.stringify(levels)}`]),
    ...paths.filter((path) => !allowed.test(path)).map((path) => `${path} changed`),
  ];
}

function levelIn(yaml: string): unknown {
  const [document, ...more] = parseAllDocuments(yaml);
  if (more.length > 0 || !document || document.errors.length > 0) return undefined;
  const env: unknown = document.toJS().spec?.template?.spec?.containers?.[0]?.env;
  return Array.isArray(env) ? env.find((one: { readonly name?: unknown }) => one.name === 'LOG_LEVEL')?.value : undefined;
}

export const clusters: readonly Case[] = [
  asText('Terraform interpolation', '${file("/etc/passwd")}'), asText('a YAML tag', '!!js/function "function () {}"'), asText('another document', 'info\n---\nkind: Secret\n'), asText('a template', '{{ .Values.secret }} %{ if true } $(id)'),
];
