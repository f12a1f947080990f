import { describe, expect, test } from '@jest/globals';
import { commitOf } from '../../kit/git-objects.ts';
import { updateRefs } from '../../kit/git-refs.ts';
import { gitText } from '../../kit/git.ts';
import type { testContract } from '../../kit/test/contract.ts';
import type { TestKit } from '../../kit/test/kit.ts';
import { commitIn, type ForgePlace } from '../test/forge-place.ts';
import type { Forge } from './forge-port.ts';

const [asker, second] = ['asker@example.com', 'second@example.com'];

/** What every forge promises of what was taken back; a part of forge.suite.ts. */
export function forgeHoldsSuite(now: () => { readonly place: ForgePlace; readonly kit: TestKit<typeof testContract>; readonly forge: Forge }): void {
  describe('holds', () => {
    const fact = (value: string, environment = 'local') => ({ environment, subject: 'knob/rateLimit', to: value });
    const why = { reason: 'too few', by: second };
    const values = async (one: Forge) => (await one.holds.active('now')).map(({ value }) => value);

    test('are seen by everybody who works with the repository, newest first, and once', async () => {
      const { place, kit, forge } = now();
      const other = place.open(kit, 'there');
      const before = await values(other);
      await forge.holds.add([fact('1'), fact('1', 'dev')], why);
      await other.holds.add([fact('2'), fact('1')], { reason: 'not again', by: asker });
      const [two, dev, one] = await forge.holds.active('now');
      expect([two, dev, one]).toMatchObject([{ value: '2', reason: 'not again', by: asker }, { environment: 'dev', value: '1' }, { environment: 'local', subject: 'knob/rateLimit', value: '1', ...why }]);
      expect(await other.holds.active('now')).toEqual(await forge.holds.active('now'));
      expect(await values(forge)).toHaveLength(before.length + 3);
      expect(Math.abs(Date.parse(two?.at ?? '') - Date.now())).toBeLessThan(60_000);
      await other.stop();
    });

    test('a lifted one is gone for everybody, its number is not given again, and the trail in git says who and why', async () => {
      const { place, kit, forge } = now();
      await forge.holds.add([fact('3')], why);
      const [hold] = await forge.holds.active('now');
      const other = place.open(kit, 'there');
      expect(await other.holds.lift(hold?.id ?? 0, { reason: 'it was the disk', by: 'admin@example.com' })).toEqual(hold);
      expect(await values(forge)).not.toContain('3');
      expect(await forge.holds.lift(hold?.id ?? 0, why)).toBeNull();
      await forge.holds.add([fact('3')], why);
      expect((await other.holds.active('now'))[0]?.id).toBeGreaterThan(hold?.id ?? Infinity);
      const [lifted, held] = (await gitText(place.remote, ['log', '--format=%B%x00', '--skip=1', '-n', '2', 'refs/journey/holds'])).split('\0').map((text) => text.trim());
      expect([lifted, held]).toEqual(['Lift knob/rateLimit 3 in local\n\nit was the disk\n\nBy: admin@example.com', `Hold knob/rateLimit 3 in local\n\ntoo few\n\nBy: ${second}`]);
      await other.stop();
    });

    test('eight at once by two are eight', async () => {
      const { place, kit, forge } = now();
      const other = place.open(kit, 'there');
      const all = Array.from({ length: 8 }, (_, i) => `at once ${i}`);
      await Promise.all(all.map((value, i) => (i % 2 ? forge : other).holds.add([fact(value)], why)));
      expect(await values(forge)).toEqual(expect.arrayContaining(all));
      const ids = (await other.holds.active('now')).map(({ id }) => id);
      expect([new Set(ids).size, ids]).toEqual([ids.length, ids.toSorted((a, b) => b - a)]);
      await other.stop();
    });

    test('a record that cannot be read lets nothing pass, and says where to look', async () => {
      const { place, forge } = now();
      const [ref, good] = ['refs/journey/holds', await commitOf(place.remote, 'refs/journey/holds')];
      await updateRefs(place.remote, [{ ref, to: await commitIn(place.remote, { 'holds.json': '{}' }, []) }]);
      await expect(forge.holds.active('now')).rejects.toMatchObject({ code: 'internal', fix: expect.stringContaining(ref) });
      await expect(forge.holds.add([fact('4')], why)).rejects.toMatchObject({ code: 'internal' });
      await updateRefs(place.remote, [{ ref, to: good }]);
      expect(await values(forge)).not.toContain('4');
    });
  });
}
