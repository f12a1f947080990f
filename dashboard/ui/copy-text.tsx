'use client';
import { useState } from 'react';
import { texts } from './texts.ts';

/** Puts a text on the clipboard and says so. */
export function CopyText({ text }: { readonly text: string }) {
  return <CopyButton text={text} label={texts.copy.copy} name={`${texts.copy.copy} ${text}`} />;
}

/** The same for what is too long to be read out. @param name for readers that do not see, where the label says too little */
export function CopyButton({ text, label, name }: { readonly text: string; readonly label: string; readonly name?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(text).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    });
  };
  return (
    <button type="button" onClick={copy} aria-label={name} className="shrink-0 rounded px-1.5 py-0.5 text-sm font-bold text-go hover:underline">
      <span aria-live="polite">{copied ? texts.copy.copied : label}</span>
    </button>
  );
}
