/**
 * What `cdk8s synth` runs (cdk8s.yaml): the manifests and rules of every cluster, below the folder that CDK8S_OUTDIR names.
 * `./journey synth` writes the same files, and those of the other targets.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dev } from '../../../environments/dev.ts';
import { production } from '../../../environments/production.ts';
import { staging } from '../../../environments/staging.ts';
import { platform } from '../../platform.ts';
import { observability } from '../observability/observability.ts';
import { outputFolder } from './cdk8s.ts';
import { kubernetes } from './kubernetes.ts';

for (const environment of [dev, staging, production]) {
  for (const { path, text } of [...kubernetes(platform, environment), ...observability(platform, environment)]) {
    const file = join(outputFolder(), environment.name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
