import { breach } from '../breach.ts';
import { entriesOf, listOf } from '../json.ts';
import type { Resource } from '../rendered.ts';
import { rule } from '../rule.ts';

/** AWS's own that run something; every other `aws_` source only reads. */
const RUNNING = ['aws_lambda_invocation'];

export const runsProgram = rule({
  id: 'runs-program',
  why: 'A data source or a provisioner that runs a program or fetches a page does so on the machine that plans, with the rights of whoever applies.',
  fix: 'Read with aws_ data sources only, and give the value to the stack as a variable; what must run belongs into an image.',
  serves: ['NSA/CISA: Threat model (supply chain)'],
  of: ({ stacks }): readonly Resource[] => stacks.flatMap((stack) => [...stack.data, ...stack.resources]),
  check: (on) => [
    ...(on.at[0] === 'data' && !isReading(on.type) ? [breach(on, on.at, `${on.type} runs a program or asks somebody else than AWS while Terraform plans`)] : []),
    ...provisionersOf(on).map((name) => breach(on, [...on.at, 'provisioner'], `runs the provisioner ${name}`)),
  ],
});

const isReading = (type: string): boolean => type.startsWith('aws_') && !RUNNING.includes(type);

/** Terraform allows one object, or a list of them; a shape that is neither runs nothing. */
const provisionersOf = ({ json }: Resource): readonly string[] =>
  (Array.isArray(json['provisioner']) ? listOf(json['provisioner']) : [json['provisioner']]).flatMap((one) => entriesOf(one).map(([name]) => name));
