import type { Operation } from '../../api/openapi.ts';
import { composerTexts } from '../../ui/texts/composer.ts';

const kept: Readonly<Record<string, string>> = {
  'auth.createToken': composerTexts.kept.token,
  'gateway.signIn': composerTexts.kept.session, 'gateway.signOut': composerTexts.kept.session,
  'gateway.ticket': composerTexts.kept.ticket,
};

/** Why a route is not sent from the composer; undefined when it can be. */
export function whyNot({ id, answers }: Pick<Operation, 'id' | 'answers'>): string | undefined {
  return kept[id] ?? (answers.some(({ stream }) => stream) ? composerTexts.kept.stream : undefined);
}
