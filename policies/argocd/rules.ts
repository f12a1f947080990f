import type { Rule } from '../rule.ts';
import { applicationProject } from './application-project.ts';
import { applicationSource } from './application-source.ts';
import { applicationSync } from './application-sync.ts';
import { applicationTree } from './application-tree.ts';
import { ignoredDifferences } from './ignored-differences.ts';
import { ownedOnce } from './owned-once.ts';
import { projectLimits } from './project-limits.ts';
import { projectOrphans } from './project-orphans.ts';
import { projectWindow } from './project-window.ts';
import { syncSettings } from './sync-settings.ts';
import { targetRevision } from './target-revision.ts';
import { waves } from './waves.ts';

/** Every rule about what Argo CD is told. */
export const argocdRules: readonly Rule[] = [
  // who applies what
  applicationTree, ownedOnce, applicationSource, targetRevision,
  // who may
  projectLimits, projectOrphans, projectWindow, applicationProject,
  // when and how
  applicationSync, ignoredDifferences, syncSettings, waves,
];
