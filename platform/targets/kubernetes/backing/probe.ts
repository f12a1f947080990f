import { intOrString, type EnvVar, type Probe } from '../cdk8s.ts';
import { credentialsOf } from '../secret.ts';

export const exec = (command: readonly string[], periodSeconds: number, failureThreshold: number, timeoutSeconds = 5): Probe =>
  ({ exec: { command: [...command] }, periodSeconds, failureThreshold, timeoutSeconds });
export const connect = (port: string, periodSeconds: number, failureThreshold: number): Probe =>
  ({ tcpSocket: { port: intOrString(port) }, periodSeconds, failureThreshold, timeoutSeconds: 2 });
export const get = (path: string, port: string, periodSeconds: number, failureThreshold: number): Probe =>
  ({ httpGet: { path, port: intOrString(port) }, periodSeconds, failureThreshold, timeoutSeconds: 2 });

/** A variable from the generated credentials of a backing. */
export const fromCredentials = (variable: string, backing: string, key: string): EnvVar =>
  ({ name: variable, valueFrom: { secretKeyRef: { name: credentialsOf(backing), key } } });
