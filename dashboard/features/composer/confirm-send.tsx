'use client';
import type { Operation } from '../../api/openapi.ts';
import { addressOf, type Wanted } from '../../api/send.ts';
import { Modal } from '../../ui/modal.tsx';
import { composerTexts } from '../../ui/texts/composer.ts';
import { Words } from '../../ui/words.tsx';

const said = composerTexts.confirm;
interface Props { readonly operation: Operation; readonly wanted: Wanted; readonly environment: string | undefined; readonly onSend: () => void; readonly onClose: () => void }

/** What changes something is sent only after its effect was named. */
export function ConfirmSend({ operation, wanted, environment, onSend, onClose }: Props) {
  return (
    <Modal title={said.title(`${wanted.method} ${addressOf(wanted)}`)} lead={said.lead} onClose={onClose}>
      <div className="grid gap-5">
        <p className="text-lg"><strong><Words text={operation.about} /></strong> {environment !== undefined && said.where(environment)}</p>
        <div className="flex flex-wrap gap-3">
          <button type="button" className="button-go" onClick={onSend}>{said.send}</button>
          <button type="button" className="button-plain min-h-11" onClick={onClose}>{said.back}</button>
        </div>
      </div>
    </Modal>
  );
}
