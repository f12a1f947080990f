export const rollbackTexts = {
  title: 'Roll back', preview: 'What the rollback would change', previewSaid: 'A preview, from this commit back to the one before it. The pull request holds the real one, on top of what main says then.',
  looking: 'Looking for this commit on main…',
  unknown: 'Only what main itself went through can be taken back, and this commit is not found there.',
  noParent: 'This is the first commit: there is nothing before it.',
  where: 'Environment', confirm: (name: string) => `Type ${name} to confirm`, confirmShape: (name: string) => `Exactly: ${name}`,
  submit: 'Roll it back', holds: 'What it brought is held: it cannot be promoted again until an admin lifts that.',
} as const;
