/** Keys whose values are never written, whatever they hold. Compared without case, "-" and "_"; of `http.request.header.cookie` the last word counts as well. */
const DENIED = /^(authorization|proxyauthorization|cookies?|setcookie|.*password|passwd|pwd|.*passphrase|.*secret|.*token|.*apikey|.*accesskey|.*secretkey|.*privatekey|signingkey|cookiekey|workloadkey|credentials?|connectionstring|databaseurl|dsn|jwt|session|sessionid|otp|pin|link)$/;

export function isDenied(key: string): boolean {
  const before = judged.get(key);
  if (before !== undefined) return before;
  // The end of it says what it is, and whoever makes up long keys must not be able to hide it.
  const end = key.slice(-LONGEST_KEY);
  const denied = isDeniedWord(end) || isDeniedWord(end.split(/[^\w-]+/).findLast((word) => /[a-z]/i.test(word)) ?? '');
  if (end === key) {
    if (judged.size >= MOST_KEYS) judged.clear();
    judged.set(key, denied);
  }
  return denied;
}
const LONGEST_KEY = 200;
/** The same keys come again and again; those that somebody makes up must not fill the memory. */
const MOST_KEYS = 2000;
const judged = new Map<string, boolean>();
const isDeniedWord = (word: string): boolean => DENIED.test(word.toLowerCase().replace(/[-_]/g, ''));
