import { expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { production } from '../../../environments/production.ts';
import { platform } from '../../platform.ts';
import { terraform } from './terraform.ts';

test('the cdktf CLI finds every stack, the same to the byte as in synth/', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'journey-cdktf-'));
  process.env['CDKTF_OUTDIR'] = folder;
  try {
    await import('./app.ts');
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    expect(Object.keys(manifest.stacks)).toEqual(['dev', 'production', 'staging']);
    const written = readFileSync(join(folder, manifest.stacks.production.synthesizedStackPath), 'utf8');
    expect(written).toBe(terraform(platform, production)[0]?.text);
  } finally {
    delete process.env['CDKTF_OUTDIR'];
    rmSync(folder, { recursive: true, force: true });
  }
});
