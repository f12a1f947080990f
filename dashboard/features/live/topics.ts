import { openTopics } from '../../api/live-topics.ts';

/** The page's one connection; made when something of the page wants to hear. */
export const topics = openTopics({
  looked: () => document.visibilityState === 'visible',
});
