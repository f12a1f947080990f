'use client';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { journeyTexts } from '../../ui/texts/journeys.ts';
import type { Placed } from './hop-stop.tsx';
import type { HopRow } from './hop-tree.ts';

/** A stop that is closed is about so high, in pixels; what is drawn is measured. */
const usualHeight = 76;

export interface Sought { readonly spanId: string }

interface Props {
  readonly rows: readonly HopRow[];
  /** The hop that is open, which a link may point to. */
  readonly open: string | null;
  readonly sought: Sought | undefined;
  readonly draw: (row: HopRow, placed: Placed) => ReactNode;
}

/** Thousands of hops: only those in sight are in the document, so that a page of them scrolls as a short one does. */
export function ManyHops({ rows, open, sought, draw }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => { setTop((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY); }, []);
  // Not flushed: what comes into sight is drawn in a task of its own, not within the one that scrolls, lays out and paints.
  const virtual = useWindowVirtualizer({ count: rows.length, estimateSize: () => usualHeight, overscan: 6, scrollMargin: top, useFlushSync: false, getItemKey: (index) => rows[index]?.hop.spanId ?? index });
  const wanted = useRef(open);
  useEffect(() => { if (sought) wanted.current = sought.spanId; }, [sought]);
  useEffect(() => {
    const index = rows.findIndex(({ hop }) => hop.spanId === wanted.current);
    if (index >= 0) virtual.scrollToIndex(index, { align: 'center' });
    wanted.current = null;
  }, [rows, sought, virtual]);
  return (
    <ol ref={list} aria-label={journeyTexts.mapLabel} className="relative" style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map(({ index, start }) => {
        const row = rows[index];
        return row && draw(row, { measure: virtual.measureElement, index, of: rows.length, top: start - top });
      })}
    </ol>
  );
}
