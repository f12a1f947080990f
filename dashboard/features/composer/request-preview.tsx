import { addressOf, type Wanted } from '../../api/send.ts';
import { composerTexts as said } from '../../ui/texts/composer.ts';

/** The request as it will be written, but for the cookie, which no script can read. @param hidden it holds a secret: its body is not shown */
export function RequestPreview({ wanted, hidden }: { readonly wanted: Wanted; readonly hidden: boolean }) {
  return (
    <details className="min-w-0 rounded border border-rule bg-sunk">
      <summary className="px-4 py-2 font-bold">{said.preview}</summary>
      <pre tabIndex={0} aria-label={said.preview} data-preview className="max-h-80 overflow-auto border-t border-rule px-4 py-3 font-mono text-sm whitespace-pre-wrap [overflow-wrap:anywhere]">
        {`${wanted.method} ${addressOf(wanted)}`}{wanted.idempotencyKey === undefined ? '' : `\nIdempotency-Key: ${wanted.idempotencyKey}`}{wanted.body === undefined ? '' : `\nContent-Type: application/json\n\n${hidden ? '…' : wanted.body}`}
      </pre>
    </details>
  );
}
