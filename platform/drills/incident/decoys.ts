import type { Edit } from './incident.ts';

/** A change of words that comes at the same time: whoever looks has to look at more than the newest commit. */
export interface Decoy { readonly title: string; readonly edit: Edit }

interface Words extends Decoy { readonly edit: Edit & { readonly from: string } }
export const decoys: readonly Words[] = [
  { title: 'gateway: say why the limit is counted here', edit: { path: 'services/gateway/steps/limit.ts', from: 'A shared counter would cost a round trip per request.', to: 'A shared counter would cost a round trip per request, and so far nobody has missed it.' } },
  { title: 'auth: what an hour means to a token', edit: { path: 'services/auth/domain/claims.ts', from: 'as long as a token can outlive a change of password.', to: 'as long as a token can outlive a change of password, which is why it is not longer.' } },
  { title: 'notification: who shows a second mail', edit: { path: 'services/notification/routes/deployment-ended.ts', from: "is up to the receiver's mailbox.", to: "is up to the receiver's mailbox; most do not." } },
  { title: 'monitoring: when a sender may forget', edit: { path: 'services/monitoring/routes/take.ts', from: 'so a sender that heard 200 may forget what it sent.', to: 'so a sender that heard 200, and no sooner, may forget what it sent.' } },
];

/** One for a file as it is now; of a drill before it may stand there already, and then it goes. Undefined: somebody has written something else there. */
export function decoyIn(text: string, { title, edit }: Words): Decoy | undefined {
  if (text.includes(edit.from)) return { title, edit };
  return text.includes(edit.to) ? { title: `${title}, in fewer words`, edit: { path: edit.path, from: edit.to, to: edit.from } } : undefined;
}
