/**
 * `node dashboard/build.ts`: builds the pages with Next, unless the last build was of the same sources and lock.
 * Needs no network. Exit 0: `.next` is of these sources. Exit 1: Next said why.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { documents, libraryOf } from './library.ts';

const folder = import.meta.dirname;
const root = dirname(folder);
const stamp = join(folder, '.next', 'built-from');
/** Everything that can change a byte of the build; tests cannot. */
const sources = [
  'dashboard/{app,features,ui,api}/**/*', 'dashboard/*.{ts,mjs,json}', 'services/*/contract.ts', 'services/*/contract/*.ts', 'tsconfig.json', 'package-lock.json', ...documents,
];

const hash = hashOfSources();
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) {
  console.error('dashboard: the build is up to date');
} else {
  // A build that breaks off leaves something that is of no sources at all.
  rmSync(stamp, { force: true });
  const code = await nextBuild();
  if (code === 0) {
    writeFileSync(join(folder, '.next', 'docs.json'), JSON.stringify(libraryOf(root)));
    writeFileSync(stamp, hash);
  }
  process.exitCode = code;
}

function hashOfSources(): string {
  const sum = createHash('sha256').update(process.version);
  for (const path of globSync(sources, { cwd: root }).filter(isSource).toSorted()) {
    const bytes = readFileSync(join(root, path));
    sum.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
  return sum.digest('hex');
}

/** Tests stand beside the sources, and Next writes `next-env.d.ts` itself. */
function isSource(path: string): boolean {
  return /\.[a-z]+$/.test(path) && !/\/node_modules\/|\/\.next\/|\.test\.ts$|next-env\.d\.ts$|\.tsbuildinfo$/.test(path);
}

async function nextBuild(): Promise<number> {
  const child = spawn(process.execPath, [createRequire(import.meta.url).resolve('next/dist/bin/next'), 'build', folder], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    // CI=1: Next says which package is missing instead of installing it and rewriting package.json.
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', CI: '1' },
  });
  process.once('SIGTERM', () => child.kill('SIGTERM'));
  process.once('SIGINT', () => child.kill('SIGINT'));
  return new Promise((resolve, reject) => child.once('error', reject).once('close', (code) => resolve(code ?? 1)));
}
