export const diffTexts = {
  title: 'What it changes', loading: 'Comparing…', text: 'The diff as text', textSaid: 'The same bytes as ./journey diff prints and the pull request’s comment shows.',
  copy: 'Copy the diff',
  hops: 'Hops that change', risk: 'Risk:', findings: 'Policy findings', shared: 'shared by all', nothing: 'none',
  facts: (count: number) => (count === 1 ? '1 change' : `${count} changes`), noFacts: 'Nothing is decided differently',
  effects: (count: number) => (count === 1 ? '1 object follows' : `${count} objects follow`),
  files: (count: number) => (count === 1 ? '1 rendered file differs' : `${count} rendered files differ`),
  stack: (count: number) => (count === 1 ? '1 block of Terraform differs' : `${count} blocks of Terraform differ`),
} as const;
