import { exit, type Command } from '../command.ts';
import { examine } from '../runner/examine.ts';
import { folderOf } from '../runner/folder.ts';
import { visible } from '../style.ts';

export const command: Command = {
  name: 'doctor',
  about: 'Looks for everything that could stop `up`, and says how to mend it.',
  example: './journey doctor',
  async run(io) {
    const findings = await examine(folderOf(io.root));
    for (const finding of findings) {
      const { kind, what, why, fix } = finding;
      if (io.json) {
        io.emit(finding);
        continue;
      }
      const mark = { ok: io.style.good('✓'), note: io.style.warn('·'), fault: io.style.bad('✗') }[kind];
      io.print(`${mark} ${visible(what)}`);
      if (why !== undefined) io.print(`  why: ${visible(why)}`);
      if (fix !== undefined) io.print(`  fix: ${visible(fix)}`);
    }
    const all = findings.filter(({ kind }) => kind === 'fault');
    const faults = all.length;
    io.tell(faults === 0 ? 'Nothing stands in the way of `./journey up`.' : `${faults} ${faults === 1 ? 'fault' : 'faults'} found.`);
    if (faults === 0) return exit.ok;
    // Nothing is missing on this machine when only files of ours are damaged.
    return all.every(({ code }) => code === exit.failure) ? exit.failure : exit.missing;
  },
};
