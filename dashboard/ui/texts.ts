/** What every page says; each feature's own sentences stand beside this file, in texts/. */
export const texts = {
  product: 'Request-Journey',
  about: 'Send one real request and watch it hop by hop, with the line that allowed each hop.',
  skip: 'Skip to content',
  navigation: { label: 'Pages', watch: 'Watch', change: 'Change', learn: 'Learn', overview: 'Overview', send: 'Send', journeys: 'Journeys', environments: 'Environments', pulls: 'Pulls', history: 'History', drift: 'Drift', alerts: 'Alerts', faults: 'Faults', services: 'Services', metrics: 'Metrics', model: 'Model', logs: 'Logs', api: 'API', docs: 'Docs' },
  copy: { copy: 'Copy', copied: 'Copied' },
  theme: { label: 'Colours', system: 'System', light: 'Light', dark: 'Dark' },
  session: {
    title: 'Sign in',
    lead: 'The first ./journey up printed a name, a password and a one-time link: any of them will do.',
    name: 'Name', password: 'Password', submit: 'Sign in', busy: 'Signing in…', link: 'Signing in with your one-time link…',
    out: 'Sign out', signedIn: 'Signed in as',
    linkShape: {
      title: 'This is not a sign-in link', status: 0, code: 'invalid_link',
      detail: 'A one-time link ends with 43 letters, figures, - or _; this one was cut or changed on its way.',
      fix: 'Copy the whole link again, or sign in with name and password.',
    },
  },
  problem: {
    why: 'Why', fix: 'What to do', at: 'Ended at', trace: 'Trace', retry: 'Try again', watch: 'Open its journey',
  },
  notFound: { title: 'No such station', detail: 'This address is not a page of the dashboard.', next: 'Go to the overview' },
  crash: { title: 'This page stopped', detail: 'Something in the page itself went wrong; nothing you sent was lost.', retry: 'Load it again' },
} as const;
