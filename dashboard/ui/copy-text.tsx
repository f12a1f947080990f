'use client';
import { useState } from 'react';
import { texts } from './texts.ts';

/** Puts a text on the clipboard and says so. */
export function CopyText({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(text).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    });
  };
  return (
    <button type="button" onClick={copy} aria-label={`${texts.journey.copy} ${text}`} className="shrink-0 rounded px-1.5 py-0.5 text-sm font-bold text-go hover:underline">
      <span aria-live="polite">{copied ? texts.journey.copied : texts.journey.copy}</span>
    </button>
  );
}
