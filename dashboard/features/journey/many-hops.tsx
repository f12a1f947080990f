'use client';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
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
  const [top, setTop] = useState(0);
  // Not flushed: what comes into sight is drawn in a task of its own, not within the one that scrolls, lays out and paints.
  // Places are written past React: a stop that turns out higher than usual moves those below it, and draws none of them anew.
  const virtual = useWindowVirtualizer({ count: rows.length, estimateSize: () => usualHeight, overscan: 6, scrollMargin: top, useFlushSync: false, directDomUpdates: true, getItemKey: (index) => rows[index]?.hop.spanId ?? index });
  const list = useCallback((element: HTMLOListElement | null) => {
    if (element) setTop(element.getBoundingClientRect().top + window.scrollY);
    virtual.containerRef(element);
  }, [virtual]);
  const wanted = useRef(open);
  useEffect(() => { if (sought) wanted.current = sought.spanId; }, [sought]);
  useEffect(() => {
    const index = rows.findIndex(({ hop }) => hop.spanId === wanted.current);
    if (index >= 0) virtual.scrollToIndex(index, { align: 'center' });
    wanted.current = null;
  }, [rows, sought, virtual]);
  return (
    <ol ref={list} aria-label={journeyTexts.mapLabel} className="relative">
      {virtual.getVirtualItems().map(({ index }) => {
        const row = rows[index];
        return row && draw(row, { measure: virtual.measureElement, index, of: rows.length });
      })}
    </ol>
  );
}
