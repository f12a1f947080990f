/** What is said where telemetry is read elsewhere than from monitoring itself: apart from the texts that every page loads. */
export const sourceTexts = {
  figures: (resolution: string, kept: string) => `Read from Prometheus (monitoring.METRICS) in windows of ${resolution}; it keeps them for ${kept}. What it has not looked at is not here. “Now”, health and alerts go by monitoring’s own looks.`,
  journeys: 'Read from Jaeger (monitoring.TRACES): a request is here when its spans were sent there, and a text is looked for in what they say.',
  hopsOf: { own: '', jaeger: 'Hops are read from Jaeger (monitoring.TRACES): each comes when it has ended and was sent there. ' },
  linesOf: { own: '', opensearch: 'Log lines are read from OpenSearch (monitoring.LOGS): each comes when it was shipped there.' },
  given: (reference: string) => `${reference}: ./journey up was given its URL`,
} as const;
