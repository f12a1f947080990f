import { portsOf, type Port } from '../../model/index.ts';
import { intOrString, service } from './cdk8s.ts';
import { metadataOf, selectorOf } from './metadata.ts';
import type { Described } from './object.ts';
import type { Deployed } from './scope.ts';
import { wave } from './wave.ts';

/** The same port numbers as the container's, so that one number is right everywhere. */
export function serviceOf({ scope, owner, name, workload }: Deployed): Described {
  return service({
    metadata: metadataOf(scope, owner, name, wave.workload),
    spec: {
      type: 'ClusterIP',
      selector: selectorOf(scope, name),
      ports: portsOf(workload.contract).map(port),
    },
  });
}

const port = ({ name, number }: Port) => ({ name, port: number, targetPort: intOrString(name), protocol: 'TCP', appProtocol: 'http' });
