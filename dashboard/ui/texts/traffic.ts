export const trafficTexts = {
  title: 'Demo traffic',
  about: (perSecond: number) => `This window sends ${perSecond} requests a second as you: mostly looks, some writes to the setting demo-traffic, now and then a mistake. Each is labelled “demo”, and it goes on while you visit other pages.`,
  minutes: 'For', choice: (minutes: number) => (minutes === 1 ? '1 minute' : `${minutes} minutes`),
  start: 'Start', stop: 'Stop',
  until: (at: string) => `Demo traffic runs until ${at}`, ended: (at: string) => `Demo traffic ended at ${at}`,
  sent: (count: number) => `${count} sent`, failed: (count: number) => `${count} failed`, skipped: (count: number) => `${count} left out: too many were open`,
  left: (age: string) => `It stops by itself in ${age}, or when this window closes.`,
} as const;
