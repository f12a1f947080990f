'use client';
import type { AlertRule } from '../../api/alerts.ts';
import { Modal } from '../../ui/modal.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { alertTexts as said } from '../../ui/texts/alerts.ts';
import { useRemoveRule } from './use-alerts.ts';

/** A rule that is gone warns nobody: it is removed only after that was said. */
export function RemoveDialog({ rule: { id, name, summary }, onClose }: { readonly rule: AlertRule; readonly onClose: () => void }) {
  const remove = useRemoveRule();
  return (
    <Modal title={said.removeRuleSaid(name)} onClose={onClose}>
      <div className="grid gap-5" aria-busy={remove.isPending}>
        <p className="text-lg [overflow-wrap:anywhere]"><strong>{summary}</strong> {said.removeLead}</p>
        <div className="flex flex-wrap gap-3">
          <button type="button" className="button-go" disabled={remove.isPending} onClick={() => remove.mutate(id, { onSuccess: onClose })}>{remove.isPending ? said.busy : said.removeIt}</button>
          <button type="button" className="button-plain min-h-11" onClick={onClose}>{said.keepIt}</button>
        </div>
        {remove.error && <ProblemNotice problem={problemOf(remove.error)} />}
      </div>
    </Modal>
  );
}
