/** What a person asked for, as the event tells it. */
export interface DeploymentRequest {
  readonly id: string;
  readonly workload: string;
  readonly environment: string;
  readonly revision: string;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly traceId: string;
}
export interface Message {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The mail to the person who asked. Whatever they wrote stays text: it cannot end a line, so it can become no header. */
export function messageFor(request: DeploymentRequest): Message {
  const { workload, environment, revision, reason, requestedBy, requestedAt, traceId, id } = request;
  return {
    to: requestedBy,
    subject: oneLine(`Deployment requested: ${workload} to ${environment}`, 200),
    text: [
      `You asked for a deployment of ${oneLine(workload, 100)} to ${oneLine(environment, 100)}.`,
      '',
      `Revision: ${oneLine(revision, 100)}`,
      `Reason:   ${oneLine(reason, 500)}`,
      `Asked at: ${oneLine(requestedAt, 40)}`,
      `Request:  ${oneLine(id, 40)}`,
      `Journey:  ${oneLine(traceId, 40)}`,
      '',
      'If it was not you, tell an admin.',
      '',
    ].join('\n'),
  };
}

/** Controls, line separators and marks that turn the direction of writing become a space. */
function oneLine(text: string, most: number): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu, ' ').trim().slice(0, most);
}
