import { CloudwatchLogGroup, DefaultSecurityGroup, FlowLog, IamRole, IamRolePolicy, RouteTable, RouteTableAssociation, Subnet, Vpc } from './cdktf.ts';
import { policyOf } from './policy.ts';
import type { Scope } from './scope.ts';

/** The private network of an environment. Nothing in it has a public address or a route to the internet. */
export interface Network {
  readonly vpcId: string;
  /** Where the backings are: one subnet per zone. */
  readonly data: readonly string[];
  /** Where workloads and endpoints are: one subnet per zone. */
  readonly workloads: readonly string[];
}

const TIERS = ['workloads', 'data'] as const;
type Tier = (typeof TIERS)[number];
/** /20 networks set aside for each tier: room for a fourth zone. */
const PER_TIER = 4;

export function addNetwork(scope: Scope, keyArn: string): Network {
  const { stack, environment } = scope;
  const vpc = stack.add(Vpc, 'network', {
    cidrBlock: environment.cloud.cidr, enableDnsSupport: true, enableDnsHostnames: true, tags: { Name: environment.name },
  });
  // Without rules it lets nothing in or out: what has no group of its own reaches nobody.
  stack.add(DefaultSecurityGroup, 'nothing', { vpcId: vpc.at('id'), tags: { Name: `${environment.name}-nothing` } });
  const routes = stack.add(RouteTable, 'private', { vpcId: vpc.at('id'), tags: { Name: `${environment.name}-private` } });
  addFlowLog(scope, vpc.at('id'), keyArn);
  return { vpcId: vpc.at('id'), data: subnetsOf(scope, 'data', vpc.at('id'), routes.at('id')), workloads: subnetsOf(scope, 'workloads', vpc.at('id'), routes.at('id')) };
}

function subnetsOf({ stack, environment }: Scope, tier: Tier, vpcId: string, routeTableId: string): string[] {
  const { region, cidr, zones } = environment.cloud;
  return ['a', 'b', 'c'].slice(0, zones).map((zone, index) => {
    const name = `${tier}-${zone}`;
    const subnet = stack.add(Subnet, name, {
      vpcId, availabilityZone: `${region}${zone}`, cidrBlock: twentieth(cidr, TIERS.indexOf(tier) * PER_TIER + index),
      mapPublicIpOnLaunch: false, tags: { Name: `${environment.name}-${name}` },
    });
    stack.add(RouteTableAssociation, name, { subnetId: subnet.at('id'), routeTableId });
    return subnet.at('id');
  });
}

/** The /20 with this number (0 to 15) of a /16: `10.30.0.0/16`, 5 → `10.30.80.0/20`. */
function twentieth(cidr: string, number: number): string {
  return cidr.replace(/\.\d+\.\d+\/16$/, `.${number * 16}.0/20`);
}

function addFlowLog({ stack, environment, account, production }: Scope, vpcId: string, keyArn: string): void {
  const group = stack.add(CloudwatchLogGroup, 'flow-log', { name: flowLogGroup(environment.name), retentionInDays: production ? 365 : 30, kmsKeyId: keyArn });
  const role = stack.add(IamRole, 'flow-log', {
    name: `${environment.name}-flow-log`,
    assumeRolePolicy: policyOf({
      Sid: 'OnlyFlowLogsOfThisAccount', Effect: 'Allow', Principal: { Service: 'vpc-flow-logs.amazonaws.com' }, Action: ['sts:AssumeRole'],
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  });
  stack.add(IamRolePolicy, 'flow-log', {
    name: 'write', role: role.at('id'),
    policy: policyOf({
      Sid: 'WriteItsOwnGroup', Effect: 'Allow', Resource: [group.at('arn'), `${group.at('arn')}:*`],
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
    }),
  });
  stack.add(FlowLog, 'network', { vpcId, trafficType: 'ALL', logDestination: group.at('arn'), iamRoleArn: role.at('arn'), maxAggregationInterval: 60 });
}

export const flowLogGroup = (environment: string) => `/request-journey/${environment}/flow-log`;
