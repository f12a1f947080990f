/** What is said where telemetry is read elsewhere than from monitoring itself: apart from the texts that every page loads. */
export const sourceTexts = {
  journeys: 'Read from Jaeger (monitoring.TRACES): a request is here when its spans were sent there, and a text is looked for in what they say.',
  hopsOf: { own: '', jaeger: 'Hops are read from Jaeger (monitoring.TRACES): each comes when it has ended and was sent there. ' },
  linesOf: { own: '', opensearch: 'Log lines are read from OpenSearch (monitoring.LOGS): each comes when it was shipped there.' },
  given: (reference: string) => `${reference}: ./journey up was given its URL`,
} as const;
