'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import 'uplot/dist/uPlot.min.css';
import type uPlot from 'uplot';
import type { Value } from './lines.ts';
import { drawChart } from './draw-chart.ts';
import { LineTable } from './line-table.tsx';
import { moveCursor } from './move-cursor.ts';
import { writeReadings, type Unit } from './readings.ts';

export interface Drawn { readonly name: string; readonly values: readonly Value[] }
export interface Dot { readonly x: number; readonly y: number; readonly href: string; readonly label: string }
interface Props {
  readonly name: string;
  readonly unit: Unit;
  readonly label: string;
  readonly at: readonly number[];
  readonly lines: readonly Drawn[];
  /** In the chart's own values: seconds, value. */
  readonly dots?: readonly Dot[];
  /** Unix milliseconds. */
  readonly onZoom: (from: number, to: number) => void;
}
const nothing: readonly Dot[] = [];

/** One chart with its key; the library is loaded when the first one is drawn. */
export function Chart({ name, unit, label, at, lines, dots = nothing, onZoom }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const zoom = useRef(onZoom);
  const [plot, setPlot] = useState<uPlot>();
  const [placed, setPlaced] = useState<readonly Dot[]>([]);
  const names = lines.map((line) => line.name).join('\n');
  useEffect(() => { zoom.current = onZoom; }, [onZoom]);
  const read = useCallback((of: uPlot) => { if (box.current && table.current) writeReadings(of, { box: box.current, table: table.current, unit }); }, [unit]);
  useEffect(() => {
    let [gone, made]: [boolean, { readonly plot: uPlot; readonly stop: () => void } | undefined] = [false, undefined];
    void import('uplot').then(({ default: Plot }) => {
      if (gone || !box.current) return;
      made = drawChart(Plot, box.current, { names: names.split('\n'), unit, onZoom: (from, to) => zoom.current(from, to), onCursor: read });
      setPlot(made.plot);
    });
    return () => {
      gone = true;
      made?.stop();
      setPlot(undefined);
    };
  }, [names, unit, read]);
  useEffect(() => {
    if (!plot) return;
    plot.setData([[...at], ...lines.map(({ values }) => [...values])]);
    // uPlot draws in a microtask: only after it are the scales those of the new data. A dot above the scale lies on its upper edge.
    queueMicrotask(() => {
      read(plot);
      setPlaced(dots.flatMap(({ x, y, ...rest }) => (x < (at[0] ?? 0) ? [] : [{ ...rest, x: plot.valToPos(x, 'x') + plot.over.offsetLeft, y: Math.max(0, plot.valToPos(y, 'y')) + plot.over.offsetTop }])));
    });
  }, [plot, at, lines, dots, read]);
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 font-extrabold">{name}</figcaption>
      <div className="grid items-start gap-x-6 gap-y-2 lg:grid-cols-[minmax(0,1fr)_27rem]">
        <div className="relative min-w-0">
          <div ref={box} role="slider" tabIndex={0} aria-label={label} aria-valuemin={0} aria-valuemax={0} aria-valuenow={0} className="h-48 w-full" onKeyDown={(event) => { if (plot && moveCursor(plot, event.key)) event.preventDefault(); }} />
          {placed.map(({ x, y, href, label: said }) => <a key={href} href={href} aria-label={said} title={said} data-exemplar className="absolute size-3.5 -translate-1/2 rounded-full border-2 border-panel bg-[var(--line-message)] hover:scale-125" style={{ left: x, top: y }} />)}
        </div>
        <LineTable name={name} names={names} table={table} />
      </div>
    </figure>
  );
}
