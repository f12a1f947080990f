/** The environments of this platform (environments/*.ts), nearest first. */
export const environments = ['local', 'dev', 'staging', 'production'] as const;
export type EnvironmentName = (typeof environments)[number];

export function environmentOf(text: string | null): EnvironmentName {
  return environments.find((name) => name === text) ?? 'local';
}
