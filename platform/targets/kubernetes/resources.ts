import type { Resources, Workload } from '../../model/index.ts';
import { quantity, type ResourceRequirements } from './cdk8s.ts';

/** Millicores and mebibytes. */
export interface Amount { readonly cpu: number; readonly memory: number }
/** What a workload asks for that says nothing (platform/model/service.ts). */
export const usual: Resources = { cpu: '100m', memory: '160Mi' };
/** It may use four times the processor and twice the memory it asks for. */
export const burst = { cpu: 4, memory: 2 } as const;

export function amountOf(workload: Workload): Amount {
  const { cpu, memory } = workload.options.resources ?? usual;
  return { cpu: Number.parseInt(cpu, 10), memory: Number.parseInt(memory, 10) };
}

export const limitOf = ({ cpu, memory }: Amount): Amount => ({ cpu: cpu * burst.cpu, memory: memory * burst.memory });

export function requirementsOf(amount: Amount): ResourceRequirements {
  return { requests: quantitiesOf(amount), limits: quantitiesOf(limitOf(amount)) };
}

export const quantitiesOf = ({ cpu, memory }: Amount) => ({ cpu: quantity(`${cpu}m`), memory: quantity(`${memory}Mi`) });
