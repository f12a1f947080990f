import type { Rule } from '../rule.ts';
import { backendEncrypted } from './backend-encrypted.ts';
import { bucketEncrypted } from './bucket-encrypted.ts';
import { bucketPrivate } from './bucket-private.ts';
import { bucketProtected } from './bucket-protected.ts';
import { bucketTls } from './bucket-tls.ts';
import { bucketVersions } from './bucket-versions.ts';
import { cacheBackups } from './cache-backups.ts';
import { cacheEncrypted } from './cache-encrypted.ts';
import { cacheTls } from './cache-tls.ts';
import { cacheZones } from './cache-zones.ts';
import { databaseBackups } from './database-backups.ts';
import { databaseEncrypted } from './database-encrypted.ts';
import { databasePrivate } from './database-private.ts';
import { databaseProtected } from './database-protected.ts';
import { databaseTls } from './database-tls.ts';
import { databaseZones } from './database-zones.ts';
import { keyRotation } from './key-rotation.ts';
import { knownResource } from './known-resource.ts';
import { literalCredential } from './literal-credential.ts';
import { openIngress } from './open-ingress.ts';
import { runsProgram } from './runs-program.ts';
import { secretEncrypted } from './secret-encrypted.ts';
import { stackEvaluated } from './stack-evaluated.ts';
import { wildcardRights } from './wildcard-rights.ts';

/** Every rule about Terraform stacks. */
export const terraformRules: readonly Rule[] = [
  stackEvaluated, knownResource, runsProgram, backendEncrypted,
  databaseEncrypted, databaseTls, databasePrivate, databaseBackups, databaseProtected, databaseZones,
  cacheEncrypted, cacheTls, cacheBackups, cacheZones,
  bucketEncrypted, bucketPrivate, bucketTls, bucketVersions, bucketProtected,
  secretEncrypted, keyRotation, openIngress, wildcardRights, literalCredential,
];
