import { knob, proposalOf, type Case, type Must } from './case.ts';
import type { World } from './world.ts';

const MAIN = 'platform/cli/main.ts';
/** The base's own command line does something else first. Its code runs: what it can do is what is tried. */
const program = (name: string, must: Must, code: (world: World) => string, path = MAIN): Case => ({
  name: `program: ${name}`,
  prepare: (world) => ({
    input: JSON.stringify(proposalOf(world, { base: world.commit({ [path]: { text: `${code(world)}\n${world.textOf(path)}` } }), change: knob })), must,
  }),
});
const refuse: Must = { refuse: [1, 3] };
/** After the synth has put its own folder in order. */
const last = (code: string) => `process.on('exit', () => { ${code} });`;
/** Tries, says nothing when it may not, and goes on as if nothing had been. */
const quietly = (code: string) => `try { ${code} } catch {}`;
const imports = "import * as enemyStarts from 'node:child_process';\nimport * as enemyFiles from 'node:fs';\nimport * as enemyNet from 'node:net';\nimport * as enemyThreads from 'node:worker_threads';";
const same: Must = { same: 'knob' };

/** Code of the base, which a synth runs. */
export const programs: readonly Case[] = [
  program('starts a program', same, ({ trap }) => `${imports}\n${quietly(`enemyStarts.execFileSync(${JSON.stringify(trap)})`)}\n${quietly(`enemyStarts.spawn(${JSON.stringify(trap)}, { detached: true }).unref()`)}`),
  program('starts Node without limits', same, ({ sprung }) => `${imports}\n${quietly(`enemyStarts.execFileSync(process.execPath, ['-e', ${JSON.stringify(`require('fs').writeFileSync('${sprung}', 'x')`)}])`)}`),
  program('starts a thread', same, ({ sprung }) => `${imports}\n${quietly(`new enemyThreads.Worker(${JSON.stringify(`require('fs').writeFileSync('${sprung}', 'x')`)}, { eval: true })`)}`),
  program('writes where it likes', same, ({ sprung, root }) => `${imports}\n${[sprung, `${root}/package.json`, '../../escaped', 'package.json', `${root}/.journey/secrets.json`].map((path) => quietly(`enemyFiles.writeFileSync(${JSON.stringify(path)}, 'x')`)).join('\n')}`),
  program('removes what it can', same, ({ root }) => `${imports}\n${quietly(`enemyFiles.rmSync(${JSON.stringify(root)}, { recursive: true, force: true })`)}`),
  program('makes links', same, ({ outside }) => `${imports}\n${last(`${quietly(`enemyFiles.symlinkSync(${JSON.stringify(outside)}, 'synth/local/link')`)} ${quietly(`enemyFiles.linkSync(${JSON.stringify(outside)}, 'synth/local/hard')`)}`)}`),
  program('reads secrets and passwords', same, ({ outside, root }) => `${imports}\n${last([outside, `${root}/.journey/secrets.json`, '/etc/passwd', '/proc/self/environ', `/proc/${process.pid}/environ`].map((path) => quietly(`enemyFiles.writeFileSync('synth/local/found.json', enemyFiles.readFileSync(${JSON.stringify(path)}))`)).join(' '))}`),
  program('tells what it was given', { take: () => [] }, () => `${imports}\n${last("enemyFiles.writeFileSync('synth/local/env.json', JSON.stringify([process.env, process.argv]));")}`),
  program('fails with a secret in its mouth', refuse, ({ root }) => `${imports}\nthrow new Error(JSON.stringify(process.env) + enemyFiles.readFileSync(${JSON.stringify(`${root}/.journey/secrets.json`)}, 'utf8'));`),
  program('says everything', refuse, () => "const more = () => process.stdout.write('x'.repeat(65536), more); more(); await new Promise(() => {});"),
  program('takes all memory', refuse, () => "const taken = []; setInterval(() => taken.push(Buffer.alloc(268435456, 1)), 10); await new Promise(() => {});"),
  program('says escapes', refuse, () => "process.stderr.write('\\u001b]0;title\\u0007\\u001b[31m✗ red\\n  why: \\u001b[2J\\n  fix: \\u202e\\n'); process.exit(3);"),
  program('renders elsewhere', refuse, () => `${imports}\nenemyFiles.mkdirSync('synth/production', { recursive: true }); enemyFiles.writeFileSync('synth/production/journey.json', '{}');`),
  program('renders a repository', same, () => `${imports}\n${last("enemyFiles.mkdirSync('synth/local/.git', { recursive: true }); enemyFiles.writeFileSync('synth/local/.git/config', 'x');")}`),
  program('renders names that no checkout may have', refuse, () => `${imports}\n${last("enemyFiles.writeFileSync('synth/local/a\\nb', 'x');")}`),
  program('renders two million bytes too many', refuse, () => `${imports}\n${last("enemyFiles.writeFileSync('synth/local/large.json', ' '.repeat(19000000));")}`),
  program('renders into the hidden folder', refuse, () => `${imports}\nenemyFiles.writeFileSync('.journey/left', 'x');`),
  program('connects', same, () => `${imports}\n${quietly("enemyNet.connect(22, '127.0.0.1').on('error', () => {})")}\n${quietly("enemyNet.connect('/var/run/docker.sock').on('error', () => {})")}\nfetch('http://127.0.0.1:9/').catch(() => {});`),
  program('loads a library of its own', same, ({ sprung }) => `${imports}\n${quietly(`process.dlopen({ exports: {} }, ${JSON.stringify(sprung)})`)}\n${quietly('process.binding("spawn_sync")')}`),
  program('is not the command line but the model', same, ({ trap }) => `${imports}\n${quietly(`enemyStarts.execFileSync(${JSON.stringify(trap)})`)}`, 'platform/platform.ts'),
  program('is not the command line but the environment', same, ({ trap }) => `${imports}\n${quietly(`enemyStarts.execFileSync(${JSON.stringify(trap)})`)}`, 'environments/dev.ts'),
];
