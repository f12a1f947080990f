import { expect, test } from '@jest/globals';
import { ioOf } from './io.ts';

function io(terminal: boolean, env: Record<string, string> = {}) {
  const written = { stdout: '', stderr: '' };
  const sink = (name: 'stdout' | 'stderr') => ({ isTTY: terminal, write: (text: string) => (written[name] += text) });
  return { written, io: ioOf({ root: '/r', json: false, verbose: false, signal: new AbortController().signal, stdout: sink('stdout'), stderr: sink('stderr'), env }) };
}

test('data goes to stdout, narration to stderr', () => {
  const { io: it, written } = io(false);
  it.print('line');
  it.emit({ a: 1 });
  it.tell('told');
  expect(written).toEqual({ stdout: 'line\n{"a":1}\n', stderr: 'told\n' });
});

test('piped progress: a line per change, no escapes', () => {
  const { io: it, written } = io(false);
  const progress = it.progress('work');
  progress.update('half');
  progress.update('half');
  progress.done();
  it.progress('other').fail('broken');
  expect(written.stderr).toBe('… work\n… work: half\n✓ work\n… other\n✗ broken\n');
});

test('on a terminal one line is written over, and its last state stays', () => {
  const { io: it, written } = io(true);
  const progress = it.progress('work');
  progress.update('half');
  progress.done('worked');
  it.progress('other').fail();
  expect(written.stderr).toContain('\r\u001B[K');
  expect(written.stderr).toMatch(/worked\n.*other\n$/s);
});

test('a dumb terminal is told in lines', () => {
  const { io: it, written } = io(true, { TERM: 'dumb' });
  it.progress('work').done('worked');
  expect(written.stderr).toBe('… work\n✓ worked\n');
});
