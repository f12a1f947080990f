import { pathToFileURL } from 'node:url';
import type { Kit } from '../../kit/kit.ts';
import { connectionTo } from '../../kit/test/connection.ts';
import { openLocalForge } from '../adapters/forge-local.ts';
import { commitIn, proposalIn } from './forge-place.ts';

// Opens, changes, approves, merges and closes without end, until it is killed: `dying-forge.ts <folder> <round>`.
const [folder = '', round = ''] = process.argv.slice(2);
// All that the local forge takes from the kit; a whole one would double the time to the first step.
const kit = { log: { warn: () => {} } } as unknown as Kit;
const forge = openLocalForge(kit, connectionTo('repository', pathToFileURL(folder).href));

const said = () => process.stdout.write('.');
for (let turn = 0; ; turn += 1) {
  const main = await forge.refresh();
  for (const pull of (await forge.list()).pulls) {
    if (pull.state !== 'open') continue;
    const head = pull.base === main ? pull.head : await commitIn(folder, { 'a.txt': `anew on ${main}\n` }, [main]);
    if (head !== pull.head) await forge.update(pull.number, { base: main, head, body: pull.body });
    said();
    await forge.approve(pull.number, 'second@example.com', head);
    said();
    if (pull.number % 5 === 0) await forge.close(pull.number, 'second@example.com', 'enough');
    else await forge.merge(pull.number, { by: 'second@example.com', commit: head, message: `Merge ${pull.key}\n` });
    said();
    break;
  }
  await forge.open(await proposalIn(folder, await forge.refresh(), `${round}-${turn}`));
  said();
}
