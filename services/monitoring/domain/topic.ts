/** What `GET /v1/events` can tell. */
export const topicNames = ['hops', 'logs', 'health', 'alerts'] as const;
export type TopicName = (typeof topicNames)[number];

/** @returns the topics of `hops,logs`, each once; or the first word that is none */
export function topicsIn(text: string): readonly TopicName[] | { readonly unknown: string } {
  const words = text.split(',');
  const unknown = words.find((word) => !isTopic(word));
  return unknown === undefined ? topicNames.filter((name) => words.includes(name)) : { unknown };
}

function isTopic(word: string): word is TopicName {
  return topicNames.some((name) => name === word);
}
