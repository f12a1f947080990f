import { CommanderError } from 'commander';
import { expect, test } from '@jest/globals';
import type { Command } from './command.ts';
import { commands, type Listed } from './commands.ts';
import { run, wantedOf } from './program.ts';
import { fakeIo } from './test/fake-io.ts';

const ran: unknown[] = [];
const greet: Command = {
  name: 'greet', arguments: '<who>', about: 'Greets.', example: './journey greet you', options: [{ flags: '-l, --loud', about: 'loudly' }],
  async run(_io, args, options) {
    ran.push([args, options]);
    return 4;
  },
};
const listed: Listed[] = [
  { name: 'greet', about: 'Greets.', load: async () => greet },
  { name: 'other', about: 'Is not loaded.', load: () => { throw new Error('loaded'); } },
];

test('only the command that is asked for is loaded; it gets arguments and options and decides the exit code', async () => {
  expect(await run(['greet', 'you', '--loud', '--json'], listed, fakeIo())).toBe(4);
  expect(ran).toEqual([[['you'], { loud: true, json: true }]]);
});

test.each([[['help']], [[]], [['--help']], [['help', '--json']], [['help', 'help']]])('the list: %j', async (args) => {
  const io = fakeIo({ json: args.includes('--json') });
  expect(await run(args, listed, io)).toBe(0);
  expect(io.json ? JSON.stringify(io.values) : io.out.join('\n')).toMatch(/greet[\s\S]*other/);
  if (!io.json) expect(io.out.join('\n')).toMatch(/Example:\s+\$ \.\/journey help up/);
});

test.each([[['help', 'greet']], [['greet', '--help']]])('help of one command has its example: %j', async (args) => {
  const io = fakeIo();
  expect(await run(args, listed, io)).toBe(0);
  expect(io.out.join('\n')).toMatch(/--loud[\s\S]*Example:\s+\$ \.\/journey greet you/);
});

test.each([
  [['great'], /Did you mean greet/], [['greet', 'you', '--lout'], /Did you mean --loud/], [['greet'], /missing required argument/],
  [['greet', 'a', 'b'], /too many arguments/], [['--jsom'], /unknown option/], [['help', 'nothing'], /unknown command/],
])('usage: %j', async (args, message) => {
  await expect(run(args, listed, fakeIo())).rejects.toThrow(CommanderError);
  await expect(run(args, listed, fakeIo())).rejects.toThrow(message);
});

test('--json and --verbose count before -- alone', () => {
  expect(wantedOf(['x', '--json', '--', '--verbose'])).toEqual({ json: true, verbose: false });
  expect(wantedOf(['--verbose'])).toEqual({ json: false, verbose: true });
});

test.each(commands.filter(({ name }) => name !== 'propose'))('the list says of $name what the command says of itself', async ({ name, about, load }) => {
  const command = await load();
  expect(command).toMatchObject({ name, about });
  expect(command.example).toMatch(new RegExp(`^\\./journey ${name}\\b`));
});
