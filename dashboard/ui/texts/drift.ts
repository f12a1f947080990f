export const driftTexts = {
  title: 'Drift', lead: 'Everything in the fleet that is not as main says, with the exact field.',
  loading: 'Comparing what runs with main…',
  none: 'In sync', noneSaid: 'Every watched environment is as main says.', since: (time: string) => `since ${time}, as far as this page has looked`,
  nothingWatched: 'Nothing is watched', nothingWatchedSaid: 'No environment is connected, so nobody can say what drifted.',
  found: (fields: number, environments: number) => `${fields === 1 ? '1 field' : `${fields} fields`} in ${environments === 1 ? '1 environment' : `${environments} environments`}`,
  columns: { environment: 'Environment', workload: 'Workload', field: 'Field', desired: 'main says', live: 'runs' },
  heals: 'Automatic sync is on: it heals by itself.', stays: 'Automatic sync is off: it stays until somebody syncs.', heal: (environment: string) => `Heal ${environment}`, nothing: 'nothing',
  healed: 'Healed in the last minute',
  unwatched: 'Not watched', unwatchedSaid: 'What runs there is not known here.', caption: 'Fields that differ from main',
} as const;
