export const unreadableGraph = {
  title: 'The graph of this environment cannot be read', code: 'unexpected_answer',
  detail: 'This release does not read the form of its journey.json.', fix: 'Run ./journey synth with the same release.',
};
