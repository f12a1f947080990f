'use client';
import type { Environment } from '../../api/delivery.ts';
import { Modal } from '../../ui/modal.tsx';
import { changeTexts as said } from '../../ui/texts/change.ts';
import type { Act } from './acts.ts';
import { DeployForm } from './deploy-form.tsx';
import { EngineForm } from './engine-form.tsx';
import { KnobForm } from './knob-form.tsx';
import { PromoteForm } from './promote-form.tsx';
import { ScaleForm } from './scale-form.tsx';

interface Props {
  readonly act: Act;
  readonly environment: Environment;
  /** Where a promotion goes. */
  readonly next: Environment | undefined;
  readonly workload: string | undefined;
  readonly onClose: () => void;
}

export function ChangeDialog({ act, environment, next, workload, onClose }: Props) {
  const { name, automatic = false } = environment;
  switch (act) {
    case 'deploy': return <Modal title={said.deploy.title(name)} lead={said.always} onClose={onClose}><DeployForm environment={environment} workload={workload} /></Modal>;
    case 'scale': return <Modal title={said.scale.title(name)} lead={said.always} onClose={onClose}><ScaleForm environment={environment} workload={workload} /></Modal>;
    case 'knob': return <Modal title={said.knob.title(name)} lead={said.always} onClose={onClose}><KnobForm environment={environment} /></Modal>;
    case 'promote': return next ? <Modal title={said.promote.title(name, next.name)} lead={said.promote.lead} onClose={onClose}><PromoteForm from={environment} to={next} workload={workload} /></Modal> : null;
    case 'sync': return <Modal title={said.sync.title(name)} lead={said.sync.lead} onClose={onClose}><EngineForm act="sync" environment={name} automatic={automatic} onDone={onClose} /></Modal>;
    case 'automatic': return (
      <Modal title={said.automatic.title(name, !automatic)} lead={automatic ? said.automatic.leadOff : said.automatic.leadOn} onClose={onClose}>
        <EngineForm act="automatic" environment={name} automatic={automatic} onDone={onClose} />
      </Modal>
    );
  }
}
