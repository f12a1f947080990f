export const paletteTexts = {
  title: 'Find a page, a workload, a trace, or something to do', label: 'What to find', placeholder: 'A name, or a trace id',
  nothing: 'Nothing has this in its name. A trace id has 32 figures.',
  groups: { pages: 'Pages', journeys: 'Journeys', workloads: 'Workloads', acts: 'Actions' },
  journey: (id: string) => `Open the journey ${id}`, loading: 'Loading…', workload: (name: string, health: string) => `${name}, ${health}`,
  acts: { golden: 'Send the golden journey', theme: 'Switch the colours', glossary: 'Open the glossary', tour: 'Take the tour', shortcuts: 'Show the keyboard shortcuts', out: 'Sign out' },
} as const;

export const shortcutTexts = {
  title: 'Keyboard shortcuts',
  all: [
    { keys: ['Ctrl', 'K'], said: 'Find pages, workloads, traces and actions (⌘ K on a Mac)' },
    { keys: ['?'], said: 'This list' },
    { keys: ['Tab'], said: 'To the next thing; the first Tab of a page skips to its content' },
    { keys: ['Enter'], said: 'Open or close a hop, press a button' },
    { keys: ['Esc'], said: 'Close what is open above the page' },
  ],
} as const;

export const tourTexts = {
  label: 'First steps', step: (at: number, all: number) => `Step ${at} of ${all}`, dismiss: 'Do not show this again', go: 'Go there', end: 'Done', pass: 'Go on without it',
  steps: {
    send: { title: 'Send one real request', said: 'Press “Send and watch” on the overview: a deployment goes through the gateway, and you see each hop while it is on its way.' },
    hop: { title: 'Open a hop', said: 'Press any hop of the journey: what it did, what it logged, and the line that allowed it.' },
    manifest: { title: 'Open its manifest', said: 'In the open hop, press “Open in Manifests”: the file it became in the environment that you choose above.' },
    line: { title: 'Open its line of the model', said: 'In the file, press the name of an object: the line of TypeScript behind it, and all that this line made.' },
    break: {
      title: 'Break it', said: 'On Faults, let configuration answer with errors for a minute: give a reason and press “Switch it on”. It ends by itself.',
      again: 'Now press “Send and watch” again, and see how far it gets: open the journey and find the hop that failed.',
      stuck: 'Breaking something needs the role operator, and you are a viewer. An operator can show it to you.', forbidden: 'The model of this environment allows no faults: nothing can be broken on purpose here.',
    },
    heal: { title: 'Heal it', said: 'That is the hop that failed, and the line that declares it. Now press “End it” on Faults; who sends again gets through.' },
    end: { title: 'That is the way through', said: 'Ctrl-K finds everything else, and the glossary explains the words.' },
  },
} as const;
