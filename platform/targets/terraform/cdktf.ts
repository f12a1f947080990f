/**
 * The only file that imports cdktf, which is archived upstream: a successor (`cdktn`) costs its lines alone.
 * Deep imports: the provider's root takes five seconds and half a gigabyte.
 */
import { App, Manifest, S3Backend, TerraformOutput, TerraformStack, type TerraformElement } from 'cdktf';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { RootConstruct, type Construct } from 'constructs';
import type { Declared } from '../../model/index.ts';

export { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
export { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity/index.js';
export { DataAwsSecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/data-aws-secretsmanager-secret-version/index.js';
export { DbInstance } from '@cdktf/provider-aws/lib/db-instance/index.js';
export { DbParameterGroup } from '@cdktf/provider-aws/lib/db-parameter-group/index.js';
export { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group/index.js';
export { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group/index.js';
export { ElasticacheReplicationGroup } from '@cdktf/provider-aws/lib/elasticache-replication-group/index.js';
export { ElasticacheSubnetGroup } from '@cdktf/provider-aws/lib/elasticache-subnet-group/index.js';
export { FlowLog } from '@cdktf/provider-aws/lib/flow-log/index.js';
export { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy/index.js';
export { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
export { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
export { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias/index.js';
export { KmsKey } from '@cdktf/provider-aws/lib/kms-key/index.js';
export { RouteTable } from '@cdktf/provider-aws/lib/route-table/index.js';
export { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association/index.js';
export { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js';
export { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js';
export { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy/index.js';
export { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
export { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js';
export { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning/index.js';
export { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
export { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret/index.js';
export { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
export { Subnet } from '@cdktf/provider-aws/lib/subnet/index.js';
export { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint/index.js';
export { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
export { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
export { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';

/** The provider release these classes were generated from. Exact: a plan must not change by itself. */
const PROVIDER = { source: 'hashicorp/aws', version: '6.25.0' };

export interface StackOptions {
  readonly name: string;
  readonly region: string;
  readonly stateBucket: string;
  /** Put on every resource by the provider. */
  readonly tags: Readonly<Record<string, string>>;
}
/** A class of the provider: a resource or a data source. */
export interface Kind<C, E extends TerraformElement> {
  new (scope: Construct, id: string, config: C): E;
  readonly tfResourceType: string;
}
/** What others may know of a resource: the names of its attributes, checked by the compiler, as Terraform's expressions. */
export interface Added<E> { at(attribute: TextOf<E>): string }
type TextOf<E> = { [K in keyof E]: E[K] extends string ? K : never }[keyof E] & string;

/** One Terraform stack while it is written. Names in it are the ones given: no hashes. */
export class Stack {
  /** What each resource came from, in the order they were added. */
  readonly declares: Declared[] = [];
  readonly #stack: TerraformStack;
  readonly #elements: TerraformElement[] = [];

  constructor(options: StackOptions) {
    // Below no App: one makes its output folder as soon as it exists.
    this.#stack = new TerraformStack(new RootConstruct(), options.name);
    const aws = new AwsProvider(this.#stack, 'aws', { region: options.region, defaultTags: [{ tags: { ...options.tags } }] });
    const backend = new S3Backend(this.#stack, {
      bucket: options.stateBucket, key: `${options.name}.tfstate`, region: options.region, encrypt: true,
    });
    backend.addOverride('use_lockfile', true);
    this.#elements.push(aws, backend);
  }

  /** A resource: `aws_db_instance.identity`. */
  add<C, E extends TerraformElement>(kind: Kind<C, E>, name: string, config: C, from: Omit<Declared, 'object'> = {}): Added<E> {
    this.declares.push({ object: `${kind.tfResourceType}/${name}`, ...from });
    return this.#put(kind, name, config, kind.tfResourceType);
  }

  /** A data source: read, not made. */
  read<C, E extends TerraformElement>(kind: Kind<C, E>, name: string, config: C): Added<E> {
    return this.#put(kind, name, config, `data.${kind.tfResourceType}`);
  }

  output(name: string, value: string, description: string): void {
    const output = new TerraformOutput(this.#stack, `output.${name}`, { value, description });
    output.overrideLogicalId(name);
    this.#elements.push(output);
  }

  /** Terraform's JSON form. */
  toJson(): Readonly<Record<string, unknown>> {
    const json: Record<string, unknown> = {};
    for (const element of this.#elements) merge(json, element.toTerraform());
    // No `required_version`: checkov 3.3 cannot read a stack that has one, and `use_lockfile` alone refuses what is older than 1.10.
    merge(json, { terraform: { required_providers: { aws: PROVIDER } } });
    return json;
  }

  /**
   * References are written as expressions and not as cdktf's tokens, each of which takes a stack trace and makes
   * `TerraformStack.toTerraform` walk everything four times: 6.7 s of processor where this takes 2.0 (1,000 workloads).
   */
  #put<C, E extends TerraformElement>(kind: Kind<C, E>, name: string, config: C, address: string): Added<E> {
    // Ids are unique over all types in cdktf, names only within one type in Terraform.
    const element = new kind(this.#stack, `${address}.${name}`, config);
    element.overrideLogicalId(name);
    this.#elements.push(element);
    return { at: (attribute) => `\${${address}.${name}.${attribute.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}}` };
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function merge(into: Record<string, unknown>, from: unknown): void {
  if (!isRecord(from)) return;
  for (const [key, value] of Object.entries(from)) {
    const old = into[key];
    if (isRecord(old) && isRecord(value)) merge(old, value);
    else if (value !== undefined) into[key] = value;
  }
}

/** Where the cdktf CLI wants the stacks: CDKTF_OUTDIR, else `cdktf.out`. */
export const outputFolder = (): string => new App({ skipValidation: true }).outdir;

/** Tells the cdktf CLI which stacks were written. */
export function writeManifest(folder: string, stacks: readonly string[]): void {
  const app = new App({ outdir: folder, skipValidation: true });
  const manifest = new Manifest('0.21.0', folder, false);
  for (const name of stacks) manifest.forStack(new TerraformStack(app, name));
  manifest.writeToFile();
}
