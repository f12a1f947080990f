/** Beginnings that only real credentials have, of the services whose format is public. */
const KNOWN = [
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/, /\bgh[opsur]_[0-9A-Za-z]{20,}/, /\bgithub_pat_\w{20,}/, /\bglpat-[\w-]{20,}/, /\bxox[abeprs]-[\w-]{10,}/, /\b[sr]k_(?:live|test)_\w{10,}/,
  /\bAIza[\w-]{30,}/, /\bnpm_\w{30,}/, /\bhvs\.\w{20,}/, /\bSG\.[\w-]{16,}\./, /\bdop_v1_\w{20,}/, /\bpypi-\w{20,}/, /-----BEGIN [A-Z ]*PRIVATE KEY/,
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\./,
];
const WORDS = ['password', 'passwd', 'pwd', 'pass', 'passphrase', 'requirepass', 'masterauth', 'secret', 'token', 'key', 'apikey', 'credential', 'credentials', 'auth_token'];
/** `TOKEN_FILE` names a file, `KEY_ID` a key: neither is one. */
const HARMLESS_ENDS = ['url', 'file', 'path', 'name', 'id', 'ttl', 'seconds', 'length', 'arn'];

/**
 * Why a value written in clear looks like a secret, or undefined. It judges form only: a short dictionary word under a
 * harmless name passes, which is why secrets have a type of their own in the model.
 */
export function secretLooking(name: string, value: string): string | undefined {
  if (isReference(value)) return undefined;
  if (KNOWN.some((form) => form.test(value))) return 'has the form of a known credential';
  if (/:\/\/[^/\s:@]*:[^/\s@${]+@/.test(value)) return 'is a URL that holds a password';
  if (namesSecret(name) && !/^(?:true|false|yes|no|\/.*)$/.test(value)) return `stands in clear under the name ${name}`;
  return value.split(/[\s,;"'=]+/).some(isRandom) ? 'is as random as a key' : undefined;
}

/** `$(VARIABLE)`, `${aws_…}`, `$VARIABLE`: the value comes from elsewhere. */
const isReference = (value: string): boolean => value === '' || /^\$(?:\([\w.]+\)|\{[^}]*\}|\w+)$/.test(value);

function namesSecret(name: string): boolean {
  const words = name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase().split(/[^a-z0-9]+/);
  return words.some((w) => WORDS.includes(w)) && !HARMLESS_ENDS.includes(words.at(-1) ?? '');
}

/** Letters and digits without a word in them, at more than the entropy of text. Digests say what they are and pass. */
function isRandom(token: string): boolean {
  if (/^(?:[^@]*@)?sha256:/.test(token) || token.includes('://') || token.includes('.')) return false;
  if (/^[0-9a-f]{32,}$/i.test(token)) return entropyOf(token) > 3;
  return /^[\w+/-]{24,}={0,2}$/.test(token) && /\d/.test(token) && /[a-z]/.test(token) && /[A-Z]/.test(token) && entropyOf(token) > 4;
}

/** Shannon's, in bits per character. */
function entropyOf(text: string): number {
  const counts = [...Map.groupBy(text, (c) => c).values()].map((same) => same.length / text.length);
  return -counts.reduce((sum, p) => sum + p * Math.log2(p), 0);
}
