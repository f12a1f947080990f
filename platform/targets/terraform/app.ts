/**
 * What `cdktf.json` starts: writes every environment's stack where the cdktf CLI wants it, so that its `diff` and
 * `deploy` work. What is committed and reviewed is `synth/`, which `./journey synth` writes.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ClusterEnvironment } from '../../model/index.ts';
import { platform } from '../../platform.ts';
import { outputFolder, writeManifest } from './cdktf.ts';
import { terraform } from './terraform.ts';

const folder = fileURLToPath(new URL('../../../environments/', import.meta.url));
const written: string[] = [];
for (const file of readdirSync(folder).filter((name) => /^[a-z0-9-]+\.ts$/.test(name)).toSorted()) {
  const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(join(folder, file)).href);
  for (const environment of Object.values(module).filter(isCluster)) {
    for (const { text } of terraform(platform, environment)) {
      const into = join(outputFolder(), 'stacks', environment.name);
      mkdirSync(into, { recursive: true });
      writeFileSync(join(into, 'cdk.tf.json'), text);
      written.push(environment.name);
    }
  }
}
writeManifest(outputFolder(), written);

function isCluster(value: unknown): value is ClusterEnvironment {
  return typeof value === 'object' && value !== null && 'kind' in value && (value.kind === 'cluster' || value.kind === 'production');
}
