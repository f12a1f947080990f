/**
 * The header by which a server that somebody else runs lets in whoever has this URL: a user with a password, or a bearer token (a password without a user).
 * @throws {Error} for what is not percent-encoded, without showing it
 */
export function credentialsOf({ username, password }: URL, reference: string): Record<string, string> {
  const [user, secret] = [username, password].map((text) => decoded(text, reference));
  if (user === '' && secret === '') return {};
  return { authorization: user === '' ? `Bearer ${secret}` : `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}` };
}

function decoded(text: string, reference: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error(`The user or password in the URL of ${reference} holds a % that is not followed by two hexadecimal digits; write it as %25.`);
  }
}
