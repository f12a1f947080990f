export const graphTexts = {
  unreadable: { title: 'The graph of this environment cannot be read', detail: 'journey.json has another form than this release of the dashboard reads.', fix: 'Run ./journey synth with the same release.' },
} as const;
