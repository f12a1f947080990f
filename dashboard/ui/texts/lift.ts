export const liftTexts = {
  title: (subject: string) => `Let ${subject} be promoted again`, lead: 'Whoever reads the history sees who lifted it, and why.', submit: 'Lift the hold',
} as const;
