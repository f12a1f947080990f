import { run } from '../kit/run.ts';
import { app } from './app.ts';
import { bootstrap } from './commands/bootstrap.ts';
import { link } from './commands/link.ts';
import { auth } from './contract.ts';

await run(auth, app, { bootstrap, link });
