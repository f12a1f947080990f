export const modelTexts = {
  title: 'Model',
  lead: 'The lines that declare something, and beside each what was seen of it: requests, errors, p99; of a workload and of a backing, over all references to it. Choose one to see its source and who put it there.',
  loading: 'Asking for the model…', empty: 'The model declares nothing.', emptyNext: 'Run ./journey synth and push.',
  line: 'Line', declares: 'Declares', lines: (file: string) => `Lines of ${file}`,
  workload: 'workload', backing: (kind: string) => kind, knob: (value: string) => `knob, ${value}`, to: (name: string) => `to ${name}`,
  unseen: 'not seen', atMost: (time: string) => `≤ ${time}`, edge: 'Show on Services', choose: (line: string) => `Source of ${line}`, source: 'Source', close: 'Close',
} as const;
