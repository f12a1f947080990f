/** The name of the setting that stops deployments of an environment. */
export const freezeSetting = 'deployment-freeze';

export interface Freeze {
  readonly frozen: boolean;
  /** Why, in the words of whoever froze it; empty when nobody said. */
  readonly reason: string;
}

/**
 * Reads the rule from configuration's answer (`{ value: { frozen, reason? } }`). `null` when it cannot be
 * understood: an unreadable rule must not let a deployment through.
 */
export function freezeOf(setting: unknown): Freeze | null {
  if (typeof setting !== 'object' || setting === null || !('value' in setting)) return null;
  const { value } = setting;
  if (typeof value !== 'object' || value === null || !('frozen' in value) || typeof value.frozen !== 'boolean') return null;
  const reason = 'reason' in value && typeof value.reason === 'string' ? value.reason : '';
  return { frozen: value.frozen, reason };
}
