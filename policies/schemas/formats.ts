import type { Format } from 'ajv';

const integer = (bits: 32 | 64): Format => ({ type: 'number', validate: (n: number) => Number.isInteger(n) && n >= -(2 ** (bits - 1)) && n < 2 ** (bits - 1) });

/** The formats that the Kubernetes API document uses. */
export const formats: Record<string, Format> = {
  int32: integer(32),
  int64: integer(64),
  double: { type: 'number', validate: Number.isFinite },
  byte: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/,
  /** @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
  quantity: /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/,
};
