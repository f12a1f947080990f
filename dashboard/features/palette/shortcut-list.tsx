'use client';
import { Modal } from '../../ui/modal.tsx';
import { shortcutTexts as said } from '../../ui/texts/palette.ts';

export function ShortcutList({ onClose }: { readonly onClose: () => void }) {
  return (
    <Modal title={said.title} onClose={onClose}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-5 gap-y-3">
        {said.all.map(({ keys, said: meaning }) => (
          <div key={meaning} className="contents"><dt className="flex gap-1">{keys.map((key) => <kbd key={key} className="rounded border-[1.5px] border-dim px-2 font-mono text-sm font-bold">{key}</kbd>)}</dt><dd>{meaning}</dd></div>
        ))}
      </dl>
    </Modal>
  );
}
