import { expect, test } from '@jest/globals';
import type { Finding } from '../../../policies/evaluate.ts';
import { annotationOf } from './annotations.ts';

const finding: Finding = {
  rule: 'no-literal-url', level: 'finding', file: 'synth/dev/kubernetes/gateway/deployment.yaml', object: 'Deployment/gateway', path: 'spec.template', what: 'holds a URL',
  why: 'it is no reference', fix: 'Bind it.', serves: ['DESIGN §4'], declaredAt: 'platform/workloads/gateway.ts:12',
};
/** As the runner of GitHub Actions reads a line (actions/runner, src/Runner.Common/ActionCommand.cs). */
function parsed(line: string) {
  const [, command, properties = '', message = ''] = /^::([a-z-]+) ?(.*?)::(.*)$/s.exec(line) ?? [];
  const plain = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');
  return { command, properties: Object.fromEntries(properties.split(',').map((one) => [one.slice(0, one.indexOf('=')), plain(one.slice(one.indexOf('=') + 1))])), message: plain(message) };
}

test('stands at the line of the model, and says where it was seen', () => {
  expect(annotationOf(finding)).toBe('::error file=platform/workloads/gateway.ts,line=12,title=no-literal-url%3A Deployment/gateway::spec.template: holds a URL%0Ain synth/dev/kubernetes/gateway/deployment.yaml%0Awhy: it is no reference%0Afix: Bind it.');
});

test.each([undefined, '/etc/passwd:1', '../x.ts:3', 'platform/a.ts', 'platform/a.ts:1:2', 'platform/a.ts:1\n::add-mask::x'])('without a place in the model (%j) it stands at the file', (declaredAt) => {
  const { declaredAt: _, ...rest } = finding;
  expect(annotationOf({ ...rest, path: '', ...(declaredAt === undefined ? {} : { declaredAt }) })).toBe('::error file=synth/dev/kubernetes/gateway/deployment.yaml,title=no-literal-url%3A Deployment/gateway::holds a URL%0Awhy: it is no reference%0Afix: Bind it.');
});

test.each(['a\n::set-output name=x::y', 'a\r\n::stop-commands::t', 'a::error file=/etc/passwd,line=1::b', 'x,file=/etc/passwd', '100%, 5%25', '##[add-mask]x', '\u001B[2J\u0000\u2028\u202Ex', ' ::debug::x'])('hostile text stays text: %j', (hostile) => {
  const line = annotationOf({ ...finding, rule: hostile, object: hostile, file: hostile, path: hostile, what: hostile, why: hostile, fix: hostile });
  expect(line.split(/[\n\r]/)).toHaveLength(1);
  const { command, properties, message } = parsed(line);
  expect([command, properties['file'], properties['line'], Object.keys(properties)]).toEqual(['error', 'platform/workloads/gateway.ts', '12', ['file', 'line', 'title']]);
  expect(properties['title']?.startsWith(hostile.slice(0, 1).replace('\u001B', '\\u001b'))).toBe(true);
  expect(message.split('\n')).toHaveLength(4);
  expect(parsed(annotationOf({ ...finding, declaredAt: 'x', file: hostile })).properties).not.toHaveProperty('line');
});
