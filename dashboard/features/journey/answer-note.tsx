'use client';
import { useQuery } from '@tanstack/react-query';
import { isRecord, problemFrom } from '../../api/problem.ts';
import { composerTexts as said } from '../../ui/texts/composer.ts';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { answerKey } from './answer-key.ts';

/** What was answered to a request that was sent from here: as text, whatever it says. */
export function AnswerNote({ traceId }: { readonly traceId: string }) {
  const { data } = useQuery<unknown>({ queryKey: answerKey(traceId), queryFn: () => null, enabled: false });
  if (data instanceof Error) return <div className="mb-5"><ProblemNotice problem={problemOf(data)} /></div>;
  if (!isRecord(data) || typeof data['status'] !== 'number') return null;
  const { status, text, cut, request } = data;
  const body = String(text ?? '');
  if (status >= 400) return <div className="mb-5" data-answer={status}><ProblemNotice problem={{ ...problemFrom(status, jsonOf(body)), traceId: '' }} /></div>;
  return (
    <details open className="panel mb-5 min-w-0 overflow-clip" data-answer={status}>
      <summary className="px-4 py-3 font-extrabold -outline-offset-3 sm:px-5">{said.answered(String(request), status)}</summary>
      <pre tabIndex={0} aria-label={said.answered(String(request), status)} className="max-h-72 overflow-auto border-t border-rule bg-sunk px-4 py-3 font-mono text-sm whitespace-pre-wrap [overflow-wrap:anywhere] sm:px-5">{body === '' ? said.emptyAnswer : body}{Number(cut) > 0 ? `\n${said.cut(Number(cut))}` : ''}</pre>
    </details>
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
