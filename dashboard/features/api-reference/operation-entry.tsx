'use client';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import type { Operation } from '../../api/openapi.ts';
import { CopyButton } from '../../ui/copy-text.tsx';
import { Breaking } from '../../ui/path-text.tsx';
import { apiTexts as said } from '../../ui/texts/api-reference.ts';
import { Words } from '../../ui/words.tsx';
import { MethodSign } from '../composer/method-sign.tsx';
import { composerHref } from '../composer/presets.ts';
import { whyNot } from '../composer/sendable.ts';
import { OperationDetail } from './operation-detail.tsx';

interface Props { readonly operation: Operation; readonly open: boolean; readonly onToggle: () => void }

/** One route: its line, and all of it when it is opened. */
export function OperationEntry({ operation, open, onToggle }: Props) {
  const { id, method, path, about, access } = operation;
  const kept = whyNot(operation);
  const place = useRef<HTMLLIElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    // A link to a route shows it; one that is opened by hand is in sight already.
    if (open && !wasOpen.current && document.activeElement === document.body) place.current?.scrollIntoView({ block: 'start' });
    wasOpen.current = open;
  }, [open]);
  return (
    <li ref={place} data-operation={id} className="scroll-mt-4">
      <div className="relative grid gap-x-4 gap-y-1 px-4 py-3 hover:bg-sunk sm:px-5 lg:grid-cols-[minmax(0,1fr)_auto]">
        <h3 className="min-w-0 text-base font-normal tracking-normal">
          <button type="button" aria-expanded={open} aria-controls={`detail-${id}`} onClick={onToggle} className="flex w-full flex-wrap items-center gap-x-3 gap-y-1 text-left after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:-outline-offset-3 focus-visible:after:outline-go">
            <MethodSign method={method} /><code className="min-w-0 font-mono text-[0.9375rem] font-bold [overflow-wrap:anywhere]"><Breaking text={path} /></code>
          </button>
        </h3>
        <span className="text-sm text-dim lg:text-right">{said.needs(access)}</span>
        <p className="max-w-prose text-dim lg:col-span-2"><Words text={about} /></p>
      </div>
      <div id={`detail-${id}`} hidden={!open} className="border-t border-rule bg-sunk px-4 py-4 sm:px-5">
        {open && (
          <div className="grid gap-5">
            <div className="flex flex-wrap items-center gap-3">
              {kept === undefined ? <Link href={composerHref(id)} className="button-go">{said.send}</Link> : <p className="font-bold">{kept}</p>}
              <CopyButton text={`${window.location.origin}/api-reference?route=${id}`} label={said.permalink} />
            </div>
            <OperationDetail operation={operation} />
          </div>
        )}
      </div>
    </li>
  );
}
