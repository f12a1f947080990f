export const manifestTexts = {
  title: 'Manifests', of: (environment: string) => `Manifests of ${environment}`, lead: 'What the model was rendered to, at one commit of main, with the line that decided each object.',
  back: 'Environments', loading: 'Reading the rendered files…', loadingFile: 'Reading the file…', empty: 'This environment has no rendered files.', emptyNext: 'Run ./journey synth and merge the result.',
  commit: 'At commit', newest: 'newest of main', toNewest: 'To the newest', noLines: 'No line of the model made a file of its own here.', permalink: 'Link to this commit', by: { label: 'Listed by', file: 'file', line: 'line of the model' },
  files: 'Files', lines: 'Lines of the model', choose: 'Choose a file.', chooseSaid: 'Its text stands here as it is in git, with the line of the model behind each object.',
  objects: 'Objects in this file', noObjects: 'No object of it has a line of its own.', line: (line: number) => `line ${line}`,
  declaredAt: 'Declared at', text: (path: string) => `Text of ${path}`, copy: 'Copy the file', copied: 'Copied', lineCount: (count: number) => (count === 1 ? '1 line' : `${count} lines`),
  environment: 'Environment', others: 'The same line also produced', noGraph: 'The graph of this environment could not be read: the list by line of the model is missing.', makes: (count: number) => (count === 1 ? '1 file' : `${count} files`),
} as const;
