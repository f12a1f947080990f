/** What few hops have; apart from other texts of journeys, which pages load that show no hop. */
export const hopExtrasTexts = {
  events: 'Events in this hop', links: 'Linked journeys', linked: (id: string) => `Journey ${id}`,
  dropped: ({ attributes = 0, events = 0, links = 0 }: { readonly attributes?: number; readonly events?: number; readonly links?: number }) => `Not kept, since there were too many: ${attributes} attributes, ${events} events, ${links} links.`,
} as const;
