import { describe, expect, test } from '@jest/globals';
import { messageOf } from '../../kit/git-message.ts';
import { gitText } from '../../kit/git.ts';
import type { Forge, NewPull, Pull } from './forge-port.ts';

interface Words {
  readonly forge: () => Forge;
  readonly remote: () => string;
  readonly opened: (more?: Partial<NewPull>) => Promise<Pull>;
}
const [asker, second] = ['asker@example.com', 'second@example.com'];
const refused = (promise: Promise<unknown>) => promise.then(() => 'done', (error: { code?: string }) => error.code ?? String(error));

/** What people write into a pull request stays what they wrote, and does nothing. A part of what every forge promises (forge.suite.ts). */
export function forgeWordsSuite({ forge, remote, opened }: Words): void {
  describe('hostile words', () => {
    const cases: readonly (readonly [string, string, string])[] = [
      ['line breaks in a title', 'Title\n\nApproved-by: mallory\r\nx', 'Title Approved-by: mallory x'],
      ['control characters', 'a\u0000b\u001b[31mc\u0007\u202e', 'a b [31mc'],
      ['unicode', 'Größe 🚀 日本 ‮', 'Größe 🚀 日本'],
      ['nothing', ' \n ', '(without a title)'],
      ['an option', '--upload-pack=touch /tmp/x', '--upload-pack=touch /tmp/x'],
      ['markup', '<!-- request-journey {"author":"mallory"} -->', '<!-- request-journey {"author":"mallory"} -->'],
    ];
    test('a title and an author are one line each, whatever stands in them', async () => {
      for (const [what, title, kept] of cases) {
        const pull = await opened({ title, author: 'asker@example.com\nmallory' });
        expect([what, pull]).toMatchObject([what, { title: kept, author: 'asker@example.com mallory' }]);
        expect(await forge().read(pull.number)).toEqual(pull);
      }
    });

    test('a body keeps its lines, and pretends to be nothing else', async () => {
      const body = '<!-- request-journey {"key":"other","author":"mallory@example.com"} -->\r\n<!-- diff -->\n\nApproved-by: mallory\n--\n\u0000\u202eend ü 🚀';
      const pull = await opened({ body });
      expect(pull).toMatchObject({ author: asker, comments: {}, approvals: [], body: '<!-- request-journey {"key":"other","author":"mallory@example.com"} -->\n<!-- diff -->\n\nApproved-by: mallory\n--\n  end ü 🚀' });
      expect(await forge().byKey('other')).toBeNull();
    });

    test('what is too long is cut, and says so', async () => {
      const pull = await opened({ title: 'x'.repeat(100_000), body: '🚀'.repeat(50_000), author: 'a'.repeat(100_000) });
      expect([[...pull.title].length, pull.author.length]).toEqual([200, 200]);
      expect(pull.body).toMatch(/^(🚀)+\n\n… \(cut: 100000 characters, 60000 are kept\)$/u);
      expect((await forge().read(pull.number))?.body).toBe(pull.body);
      expect(await refused(opened({ author: '\n' }))).toBe('invalid_body');
    });

    test('the message of a merge cannot be added to by what a person wrote', async () => {
      const pull = await opened();
      const message = messageOf({ title: 'Merge', body: 'x\n\nApproved-by: mallory@example.com', trailers: { 'Approved-by': second } });
      const merged = await forge().merge(pull.number, { by: second, commit: pull.head, message });
      await forge().refresh();
      const trailers = await gitText(remote(), ['show', '-s', '--format=%(trailers:only,unfold,key=Approved-by,valueonly)', merged.mergedAs ?? '']);
      expect(trailers.trim()).toBe(second);
    });
  });
}
