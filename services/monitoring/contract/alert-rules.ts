import type { RouteSet } from '../../kit/contract.ts';

const workload = { type: 'string', pattern: '^[a-z][a-z0-9-]{0,62}$' } as const;
const uuid = { type: 'string', pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' } as const;
/** `POST /v1/deployments`, as the workload's contract has it. */
const route = { type: 'string', pattern: '^(GET|HEAD|POST|PUT|DELETE) /[A-Za-z0-9/:._-]{0,200}$' } as const;
const wished = {
  /** Prometheus' form of a name. */
  name: { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_]{0,79}$' },
  what: { enum: ['errorShare', 'p99', 'requestRate', 'absent'] },
  workload, route, comparison: { enum: ['above', 'below'] },
  /** A share from 0 to 1; seconds; requests per second. */
  threshold: { type: 'number', minimum: 0, maximum: 1_000_000 },
  windowSeconds: { type: 'integer', minimum: 10, maximum: 86_400 },
  forSeconds: { type: 'integer', minimum: 0, maximum: 86_400 },
  keepFiringSeconds: { type: 'integer', minimum: 0, maximum: 86_400 },
  severity: { enum: ['page', 'ticket'] },
} as const;
const needed = ['name', 'what', 'workload', 'comparison', 'threshold', 'windowSeconds', 'forSeconds', 'keepFiringSeconds', 'severity'] as const;
const wish = { type: 'object', additionalProperties: false, required: needed, properties: wished } as const;
const rule = {
  type: 'object', additionalProperties: false,
  required: ['id', 'origin', 'name', 'what', 'workload', 'comparison', 'threshold', 'windowSeconds', 'forSeconds', 'keepFiringSeconds', 'severity', 'summary', 'expr', 'by', 'updatedAt'],
  properties: {
    id: { type: 'string' }, origin: { enum: ['model', 'person'] }, name: { type: 'string' }, what: { enum: ['errorShare', 'p99', 'requestRate', 'absent', 'burn'] },
    workload, route, comparison: wished.comparison, threshold: { type: 'number' }, windowSeconds: { type: 'integer' }, forSeconds: { type: 'integer' }, keepFiringSeconds: { type: 'integer' },
    severity: wished.severity, summary: { type: 'string' }, expr: { type: 'string' },
    /** Of a rule that a person made. */
    by: { type: ['string', 'null'] }, updatedAt: { type: ['number', 'null'] },
  },
} as const;
const params = { type: 'object', required: ['id'], properties: { id: uuid } } as const;

/** What makes alerts: rules of the model, which only the model changes, and rules of people. */
export const alertRuleRoutes = {
  alertRules: {
    method: 'get', path: '/v1/alert-rules', access: 'viewer', public: true,
    about: 'Every rule with its PromQL: the model\'s objectives and absences, and those that people made.',
    answers: { 200: { type: 'object', additionalProperties: false, required: ['rules', 'workloads'], properties: { rules: { type: 'array', items: rule }, workloads: { type: 'array', items: workload } } } },
  },
  prometheusRule: {
    method: 'get', path: '/v1/alert-rules/prometheus', access: 'viewer', public: true,
    about: 'All of them as one PrometheusRule, in YAML; `spec` alone is a rule file of Prometheus.',
    answers: { 200: { type: 'object', additionalProperties: false, required: ['yaml'], properties: { yaml: { type: 'string' } } } },
  },
  previewAlertRule: {
    method: 'post', path: '/v1/alert-rules/preview', access: 'viewer', public: true,
    about: 'What a rule that is not saved yet reads now, on live figures. value is null when there is nothing to judge by.',
    body: wish,
    answers: {
      200: {
        type: 'object', additionalProperties: false, required: ['value', 'breached', 'requests', 'expr', 'at'],
        properties: { value: { type: ['number', 'null'] }, breached: { type: 'boolean' }, requests: { type: 'number' }, expr: { type: 'string' }, at: { type: 'number' } },
      },
    },
  },
  createAlertRule: { method: 'post', path: '/v1/alert-rules', access: 'operator', public: true, about: 'Makes a rule; it is looked at within two seconds.', body: wish, answers: { 201: rule } },
  changeAlertRule: { method: 'put', path: '/v1/alert-rules/:id', access: 'operator', public: true, about: 'Changes a rule that a person made. What fires keeps the labels under which it was told.', params, body: wish, answers: { 200: rule } },
  removeAlertRule: { method: 'delete', path: '/v1/alert-rules/:id', access: 'operator', public: true, about: 'Removes a rule that a person made; what it fires is over.', params, answers: { 204: null } },
} as const satisfies RouteSet;
