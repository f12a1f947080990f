import { topicNames, type TopicName } from './topic.ts';

/** How far a client has got in each topic. `of` says in whose count, where that is not the store's: a process has its own. */
export interface Position { readonly at: number; readonly of?: string }
export type Cursor = Readonly<Partial<Record<TopicName, Position>>>;

/** As the id of an event: `hops=12.logs=7.health=3@9f8e7d6c`. */
export function cursorText(cursor: Cursor): string {
  return topicNames.flatMap((name) => {
    const position = cursor[name];
    return position === undefined ? [] : [`${name}=${position.at}${position.of === undefined ? '' : `@${position.of}`}`];
  }).join('.');
}

const PART = /^(hops|logs|health|alerts)=(\d{1,16})(?:@([0-9a-f]{8}))?$/;

/** @returns undefined for what no event had as its id: what a client sends is anything at all */
export function cursorIn(text: string): Cursor | undefined {
  if (text.length > 200) return undefined;
  const cursor: Partial<Record<TopicName, Position>> = {};
  for (const part of text.split('.')) {
    const [, word, at, of] = PART.exec(part) ?? [];
    if (!Number.isSafeInteger(Number(at))) return undefined;
    const name = topicNames.find((each) => each === word);
    if (name === undefined || cursor[name] !== undefined) return undefined;
    cursor[name] = of === undefined ? { at: Number(at) } : { at: Number(at), of };
  }
  return cursor;
}
