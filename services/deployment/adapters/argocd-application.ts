import { Ajv2020 } from 'ajv/dist/2020.js';

/** An Application of Argo CD, as far as it is read (argoproj.io/v1alpha1; assets/swagger.json of argo-cd, `v1alpha1Application`). */
export interface Application {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly project: string; readonly syncPolicy?: { readonly automated?: { readonly enabled?: boolean } | null } | null };
  readonly status?: {
    readonly sync?: { readonly status?: string; readonly revision?: string };
    readonly health?: { readonly status?: string; readonly message?: string; readonly lastTransitionTime?: string };
    readonly conditions?: readonly { readonly type: string; readonly message: string }[];
    readonly history?: readonly { readonly deployedAt?: string; readonly revision?: string }[] | null;
    readonly operationState?: OperationState;
    readonly reconciledAt?: string;
  };
}
export interface OperationState {
  /** `Running`, `Succeeded`, `Failed`, `Error`, `Terminating`. */
  readonly phase: string;
  readonly message?: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly syncResult?: {
    readonly revision?: string;
    readonly resources?: readonly { readonly kind?: string; readonly name?: string; readonly status?: string; readonly hookType?: string; readonly hookPhase?: string; readonly message?: string }[] | null;
  };
}
/** One item of `…/managed-resources`: states are JSON texts, `null` in text where there is none. */
export interface ResourceDiff {
  readonly kind: string;
  readonly name: string;
  readonly hook?: boolean;
  readonly targetState?: string;
  readonly liveState?: string;
  readonly normalizedLiveState?: string;
  readonly predictedLiveState?: string;
}

const text = { type: 'string' } as const;
const object = (properties: Readonly<Record<string, object>>, required: readonly string[] = []) => ({ type: ['object', 'null'], properties, required }) as const;
const list = (items: object) => ({ type: ['array', 'null'], items }) as const;
const application = {
  type: 'object', required: ['metadata', 'spec'],
  properties: {
    metadata: object({ name: text }, ['name']),
    spec: object({ project: text, syncPolicy: object({ automated: object({ enabled: { type: 'boolean' } }) }) }, ['project']),
    status: object({
      sync: object({ status: text, revision: text }), health: object({ status: text, message: text, lastTransitionTime: text }), reconciledAt: text,
      conditions: list(object({ type: text, message: text })), history: list(object({ deployedAt: text, revision: text })),
      operationState: object({
        phase: text, message: text, startedAt: text, finishedAt: text,
        syncResult: object({ revision: text, resources: list(object({ kind: text, name: text, status: text, hookType: text, hookPhase: text, message: text })) }),
      }, ['phase', 'startedAt']),
    }),
  },
} as const;

const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
export const isApplication = ajv.compile<Application>(application);
/** `items` is null where there is none. */
export const isApplicationList = ajv.compile<{ readonly items?: readonly Application[] | null }>({ type: 'object', properties: { items: list(application) } });
const state = text;
export const isResourceDiffs = ajv.compile<{ readonly items?: readonly ResourceDiff[] | null }>({
  type: 'object',
  properties: {
    items: list({
      type: 'object', required: ['kind', 'name'],
      properties: { kind: text, name: text, hook: { type: 'boolean' }, targetState: state, liveState: state, normalizedLiveState: state, predictedLiveState: state },
    }),
  },
});
