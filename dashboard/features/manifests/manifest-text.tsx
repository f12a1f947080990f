'use client';
import { memo, useMemo, type MouseEvent } from 'react';
import { manifestTexts as said } from '../../ui/texts/manifests.ts';
import { cutLine, type ObjectLine } from './file-tree.ts';

interface Props {
  readonly path: string;
  readonly text: string;
  readonly objects: readonly ObjectLine[];
  readonly chosen: ObjectLine | undefined;
  readonly onLine: (line: number) => void;
}
/** More lines than this are shown without colours: each colour is an element. */
const mostColoured = 3000;
const colours = { key: 'font-bold', comment: 'text-dim', text: '' } as const;

export const lineId = (line: number) => `L${line}`;

/**
 * The text, line by line. The numbers and the lines of the model beside it are written by the style sheet, so that the
 * element holds the bytes of the file and nothing else.
 */
export function ManifestText({ path, text, objects, chosen, onLine }: Props) {
  const lines = useMemo(() => text.split(/(?<=\n)/), [text]);
  const model = new Map(objects.map(({ line, declaredAt }) => [line, declaredAt]));
  const end = chosen ? Math.min(...objects.filter(({ line }) => line > chosen.line).map(({ line }) => line), lines.length + 1) : 0;
  const onClick = (event: MouseEvent) => {
    const line = event.target instanceof Element ? event.target.closest('[id^="L"]')?.id.slice(1) : undefined;
    if (line !== undefined && document.getSelection()?.isCollapsed) onLine(Number(line));
  };
  return (
    <pre data-manifest={path} tabIndex={0} aria-label={said.text(path)} onClick={onClick} className="manifest-text overflow-auto py-2 font-mono text-[0.8125rem] max-h-[max(24rem,calc(100dvh-7rem))] leading-5">
      {lines.map((line, index) => <Line key={index} number={index + 1} text={line} coloured={lines.length <= mostColoured} model={model.get(index + 1)} marked={chosen !== undefined && index + 1 >= chosen.line && index + 1 < end} />)}
    </pre>
  );
}

const Line = memo(function Line({ number, text, coloured, model, marked }: { readonly number: number; readonly text: string; readonly coloured: boolean; readonly model: string | undefined; readonly marked: boolean }) {
  const bare = text.replace(/\n$/, '');
  return (
    <span id={lineId(number)} data-marked={marked || undefined} data-first={model !== undefined || undefined}>
      <span data-model={model}>{coloured ? cutLine(bare).map((part, index) => <span key={index} className={colours[part.kind]}>{part.text}</span>) : bare}</span>
      {text.slice(bare.length)}
    </span>
  );
});
