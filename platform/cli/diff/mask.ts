import { secretLooking } from '../../../policies/secret-looking.ts';
import type { Scalar } from './leaves.ts';

/** What stands where a secret was. Equal for all secrets: nothing can be learned from it. */
export const HIDDEN = '[hidden]';

/** Keys whose value names a secret and is none; the value is still judged by its form. */
const NAMES = ['key', 'name', 'secretName', 'secretKey', 'secret', 'topologyKey', 'from', 'reference', 'object', 'file', 'alert', 'record', 'auth_token_update_strategy'];
/** 40 digits are a revision there, and look like a key. */
const REVISIONS = ['release', 'revision', 'REVISION'];
const REVISION = /^(?:[0-9a-f]{40}|sha256:[0-9a-f]{64})$/;

/** A value as it may be shown: as it is, without its credentials, or `[hidden]`. */
export function shownValue(kind: string, path: readonly string[], value: Scalar): string {
  const text = String(value);
  if (kind === 'Secret' && (path[0] === 'data' || path[0] === 'stringData')) return HIDDEN;
  const name = nameOf(path);
  if (REVISIONS.includes(name) && REVISION.test(text)) return text;
  const judged = isName(kind, path) ? '' : name;
  const open = withoutCredentials(text);
  return secretLooking(judged, open) === undefined ? open : HIDDEN;
}

/** Texts that belong to no name: names, messages, lines of a file. Only the words that look like a secret are hidden. */
export function shownText(text: string): string {
  const words = withoutCredentials(text).split(/(\s+)/).map((word) => (secretLooking('', word) === undefined ? word : HIDDEN)).join('');
  return words.includes('PRIVATE KEY') ? HIDDEN : words;
}

/** `env[API_TOKEN].value` is called API_TOKEN, `data.password` password. */
function nameOf(path: readonly string[]): string {
  const words = path.map((part) => part.replace(/^\[(.*)\]$/s, '$1')).filter((part) => !/^\d+$/.test(part));
  const last = words.at(-1) ?? '';
  return last === 'value' ? words.at(-2) ?? last : last;
}

const isName = (kind: string, path: readonly string[]): boolean => kind !== 'ConfigMap' && NAMES.includes(path.at(-1) ?? '') && !path.includes('stringData');

/** User and password of a URL, and what a query calls a secret. Templates (`{{ .password }}`, `${…}`) hold none. */
function withoutCredentials(text: string): string {
  return text
    .replace(/:\/\/[^/\s@{$]+@/g, () => `://${HIDDEN}@`)
    .replace(/([?&](?:password|passwd|pwd|token|access_token|api_?key|key|secret|sig|signature|code)=)[^&\s"']+/gi, (_, name: string) => `${name}${HIDDEN}`);
}
