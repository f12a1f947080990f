import type { Io } from '../command.ts';
import type { Entry } from './routes.ts';
import type { Row } from './table.ts';
import { ago, short } from './words.ts';

/** How the outcome of what was taken back begins. */
const BACK = 'Taken back';

/** One commit of main: what and who; below it why, who approved, and what it takes back or was taken back by; then how it ended and what was seen. */
export function entryRows({ style }: Pick<Io, 'style'>, { commit, at, author, requestedBy, title, reason, approvedBy, undoes, undoneBy, outcome, evidence = [] }: Entry): Row[] {
  // By whom and why, in the service's words: the commit joins that sentence.
  const told = undoneBy !== undefined && outcome?.startsWith(BACK) ? outcome.slice(BACK.length) : undefined;
  const more = [
    ...(reason === undefined ? [] : [`why: ${reason}`]), ...(approvedBy.length === 0 ? [] : [`approved by ${approvedBy.join(', ')}`]),
    ...(undoes === undefined ? [] : [`takes ${short(undoes)} back`]), ...(undoneBy === undefined || told !== undefined ? [] : [`taken back in ${short(undoneBy)}`]),
  ];
  const ended = told === undefined || undoneBy === undefined ? outcome : `${BACK} in ${short(undoneBy)}${told}`;
  const seen = [...(ended === undefined ? [] : [ended]), ...evidence];
  return [
    [{ text: short(commit), paint: style.bold }, `${ago(at)} ago`, requestedBy ?? author, { text: title, ...(undoneBy === undefined ? {} : { paint: style.dim }) }],
    ...[more, seen].filter((texts) => texts.length > 0).map((texts): Row => ['', '', '', { text: texts.join(' · ').slice(0, 300), paint: style.dim }]),
  ];
}
