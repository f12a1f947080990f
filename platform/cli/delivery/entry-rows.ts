import type { Io } from '../command.ts';
import type { Entry } from './routes.ts';
import type { Row } from './table.ts';
import { ago, short } from './words.ts';

/** One commit of main: what and who; below it why, who approved, and what it takes back or was taken back by. */
export function entryRows({ style }: Pick<Io, 'style'>, { commit, at, author, requestedBy, title, reason, approvedBy, undoes, undoneBy }: Entry): Row[] {
  const more = [
    ...(reason === undefined ? [] : [`why: ${reason}`]), ...(approvedBy.length === 0 ? [] : [`approved by ${approvedBy.join(', ')}`]),
    ...(undoes === undefined ? [] : [`takes ${short(undoes)} back`]), ...(undoneBy === undefined ? [] : [`taken back by ${short(undoneBy)}`]),
  ];
  return [
    [{ text: short(commit), paint: style.bold }, `${ago(at)} ago`, requestedBy ?? author, { text: title, ...(undoneBy === undefined ? {} : { paint: style.dim }) }],
    ...(more.length === 0 ? [] : [['', '', '', { text: more.join(' · ').slice(0, 300), paint: style.dim }]]),
  ];
}
