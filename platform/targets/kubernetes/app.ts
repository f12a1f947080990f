/**
 * What `cdk8s synth` runs (cdk8s.yaml): the manifests and rules of every cluster, and what Argo CD is told, below the folder that CDK8S_OUTDIR names.
 * `./journey synth` writes the same files, and those of the other targets.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argocd } from '../../../argocd/argocd.ts';
import { ARGOCD } from '../../../argocd/folder.ts';
import { dev } from '../../../environments/dev.ts';
import { production } from '../../../environments/production.ts';
import { staging } from '../../../environments/staging.ts';
import { platform } from '../../platform.ts';
import type { OutputFile } from '../../model/index.ts';
import { observability } from '../observability/observability.ts';
import { outputFolder } from './cdk8s.ts';
import { kubernetes } from './kubernetes.ts';

const environments = [dev, staging, production];
for (const environment of environments) write(environment.name, [...kubernetes(platform, environment), ...observability(platform, environment)]);
write(ARGOCD, argocd(platform, environments));

function write(folder: string, files: readonly OutputFile[]): void {
  for (const { path, text } of files) {
    const file = join(outputFolder(), folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
