import { Fragment } from 'react';

/** A path in figures of one width. */
export function PathText({ text, className = '' }: { readonly text: string; readonly className?: string }) {
  return <span className={`font-mono text-[0.8125rem] ${className}`}><Breaking text={text} /></span>;
}

/** A long name that may break before a slash and after a dot or an underscore, so that it need not break within a word. */
export function Breaking({ text }: { readonly text: string }) {
  return text.split(/(?=\/)|(?<=_|\.(?!ts\b|yaml\b|json\b))/).map((part, index) => <Fragment key={index}>{index > 0 && <wbr />}{part}</Fragment>);
}
