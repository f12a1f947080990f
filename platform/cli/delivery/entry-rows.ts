import type { Io } from '../command.ts';
import type { Entry } from './routes.ts';
import type { Row } from './table.ts';
import { ago, short } from './words.ts';

/** One commit of main: what and who; below it why, who approved, and what it takes back or was taken back by; then how it ended and what was seen. */
export function entryRows({ style }: Pick<Io, 'style'>, { commit, at, author, requestedBy, title, reason, approvedBy, undoes, undoneBy, outcome, evidence = [] }: Entry): Row[] {
  const more = [
    ...(reason === undefined ? [] : [`why: ${reason}`]), ...(approvedBy.length === 0 ? [] : [`approved by ${approvedBy.join(', ')}`]),
    ...(undoes === undefined ? [] : [`takes ${short(undoes)} back`]), ...(undoneBy === undefined ? [] : [`taken back by ${short(undoneBy)}`]),
  ];
  const seen = [...(outcome === undefined ? [] : [outcome]), ...evidence];
  return [
    [{ text: short(commit), paint: style.bold }, `${ago(at)} ago`, requestedBy ?? author, { text: title, ...(undoneBy === undefined ? {} : { paint: style.dim }) }],
    ...[more, seen].filter((texts) => texts.length > 0).map((texts): Row => ['', '', '', { text: texts.join(' · ').slice(0, 300), paint: style.dim }]),
  ];
}
