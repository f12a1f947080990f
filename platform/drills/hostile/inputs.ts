import { knob, proposalOf, same, saying, usage, type Case, type Plain } from './case.ts';
import type { World } from './world.ts';

const refusedBase = (name: string, base: string) => saying(`base: ${name}`, usage, () => ({ base }));
const refusedChange = (name: string, change: Plain) => saying(`change: ${name}`, usage, () => ({ change }));
const refusedEnvironment = (environment: string) => refusedChange(`environment ${JSON.stringify(environment.slice(0, 40))}`, { ...knob, environment });
const refusedWorkload = (workload: string) => refusedChange(`workload ${JSON.stringify(workload)}`, { kind: 'release', environment: 'local', workload, release: 'worktree' });
const refusedValue = (name: string, value: unknown, which: string = knob.knob) => refusedChange(`value ${name}`, { ...knob, knob: which, value });
const refusedRelease = (release: string) => refusedChange(`release ${JSON.stringify(release.slice(0, 40))}`, { kind: 'release', environment: 'local', workload: 'gateway', release });
/** The text itself, for what no JSON value can be. */
const raw = (name: string, input: (text: string, world: World) => string | Buffer): Case =>
  ({ name: `text: ${name}`, prepare: (world) => ({ input: input(JSON.stringify(proposalOf(world)), world), must: usage }) });

/** What may stand in a proposal: refs, paths, names, values that somebody hopes will be an option, a path or code. */
export const refusedInputs: readonly Case[] = [
  refusedBase('an option', '--upload-pack=touch /tmp/x'), refusedBase('a name', 'HEAD'), refusedBase('a ref', 'refs/heads/main'), refusedBase('an ancestor', 'main~1'),
  refusedBase('a search', ':/fix'), refusedBase('two lines', `${'a'.repeat(40)}\n--all`), refusedBase('nothing', '0'.repeat(40)), refusedBase('a path', '../../etc/passwd'),
  ...['ext::sh -c touch% /tmp/x', '../remote.git', '--upload-pack=sh', '/etc', '/\0etc', 'file:///etc', '-c core.sshCommand=sh'].map((repository) => saying(`repository: ${JSON.stringify(repository)}`, usage, () => ({ repository }))),
  ...['../x', '--upload-pack=touch', 'ext::sh -c id', '-c core.sshCommand=id', 'local/../../etc', '__proto__', 'constructor', 'local\0', 'local\n', '.git', 'lo\u0441al', 'releases/local'].map(refusedEnvironment),
  ...['../gateway', '$(id)', '`id`', '__proto__', 'constructor', 'toString', '-rf', 'gateway;id', 'gateway\u2028'].map(refusedWorkload),
  ...['__proto__', 'constructor', 'hasOwnProperty', "rateLimit: 1 }, x: { rateLimit"].map((name) => refusedChange(`knob ${name}`, { ...knob, knob: name })),
  refusedValue('that ends a text', "info'); process.exit(0); ('", 'logLevel'), refusedValue('of a template', '${process.env.HOME}', 'logLevel'), refusedValue('that ends a comment', '*/ id /*', 'logLevel'),
  refusedValue('of two lines', 'info\n', 'logLevel'), refusedValue('with U+2028', 'info\u2028', 'logLevel'), refusedValue('of Terraform', '${file("/etc/passwd")}', 'logLevel'), refusedValue('of YAML', '!!js/function "id"', 'logLevel'),
  refusedValue('that is a text', '100'), refusedValue('that is a list', [100]), refusedValue('that is an object', { toString: 1 }), refusedValue('of nothing', null),
  refusedChange('a size of a billion', { kind: 'scale', environment: 'local', workload: 'gateway', replicas: 1e9 }), refusedChange('a size below one', { kind: 'scale', environment: 'local', workload: 'gateway', replicas: -1 }),
  ...['latest', '--exec=id', 'refs/heads/main', 'worktree; id', `sha256:${'0'.repeat(64)}`, 'a'.repeat(40), `${'a'.repeat(40)}^{tree}`].map(refusedRelease),
  saying('change: a release that no branch leads to', usage, (world) => ({ change: { kind: 'release', environment: 'local', workload: 'gateway', release: world.commit({ 'a.txt': { text: 'a' } }) } })),
  ...['--all', 'HEAD^', '-1', '../x', 'f'.repeat(40)].map((commit) => refusedChange(`rollback ${commit}`, { kind: 'rollback', environment: 'local', commit })),
  refusedChange('a promotion of a path', { kind: 'promotion', from: 'dev', to: 'staging', workloads: ['../x'] }), refusedChange('a promotion of zeros', { kind: 'promotion', from: 'dev', to: 'staging', workloads: [] }),
  refusedChange('another kind', { kind: 'exec', command: 'id' }), refusedChange('a list', { 0: knob }),
  raw('minus zero', (text) => text.replace('"value":100', '"value":-0')), raw('ten to the four hundredth', (text) => text.replace('"value":100', '"value":1e400')), raw('NaN', (text) => text.replace('"value":100', '"value":NaN')),
  raw('a key twice', (text) => text.replace('"title"', '"base":"HEAD","title"')), raw('a prototype', (text) => text.replace('"title"', '"__proto__":{"polluted":1},"title"')),
  raw('a depth', () => `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`), raw('a size', (text) => `${text}${' '.repeat(300_000)}`), raw('bytes that are no UTF-8', () => Buffer.from([0x7b, 0xff, 0xfe, 0x7d])),
  raw('a secret instead of JSON', (_, { canary }) => canary), raw('nothing', () => ''), raw('U+0000', (text) => `${text}\0`),
];

const words = (name: string, more: Plain) => saying(`words: ${name}`, same, () => more);
/** What people type: taken, however strange, and never more than words. */
export const takenInputs: readonly Case[] = [
  words('options as a title', { title: '--amend -m evil; $(id) `id`' }), words('a title of several lines', { title: 'a\n\nApproved-by: mallory\0\u001b[31m' }),
  words('trailers in a reason', { reason: 'x\n\nApproved-by: mallory\nSigned-off-by: mallory\n---\ndiff --git a/x b/x' }), words('lines that are none', { reason: 'a\u2028Approved-by: b\u2029c\u0085d\r\n\u202ee\ufefff' }),
  words('an author who ends the header', { author: 'x <y>\nparent 0000\0' }), words('an author of nothing', { author: '<>"\'\\' }), words('a trailer with a colon', { trailers: { Journey: 'a: b', 'Requested-by': '$(id)' } }),
  words('a long reason', { reason: `${'x'.repeat(3000)} ${'\u{1f600} '.repeat(400)}` }), words('a reason of a surrogate', { reason: '\ud800 \udfff' }),
  saying('words: a trailer that ends its line', usage, () => ({ trailers: { Journey: 'a\nApproved-by: b' } })), saying('words: a trailer that is an option', usage, () => ({ trailers: { '--trailer': 'a' } })),
];
