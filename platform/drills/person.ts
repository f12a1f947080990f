/** Somebody who asks the gateway's public API. */
export interface Person {
  readonly name: string;
  /** How often it was told 401 with a token, and had to sign in again. */
  readonly refused?: number;
  ask(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}
export interface Answer { readonly status: number; readonly body: Readonly<Record<string, unknown>>; readonly headers: Headers }

/** Signs in when needed, and again when the token is over. */
export function openPerson(gateway: string, account: { readonly name: string; readonly password: string }): Person {
  let token: string | undefined;
  let refused = 0;
  const send: Person['ask'] = async (method, path, body, headers = {}) => {
    const answer = await fetch(gateway + path, {
      method, signal: AbortSignal.timeout(20_000),
      headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: objectIn(text), headers: answer.headers };
  };
  const signIn = async () => {
    token = undefined;
    const answer = await send('POST', '/v1/tokens', account);
    if (answer.status !== 201) throw new Error(`${account.name} could not sign in: ${answer.status} ${JSON.stringify(answer.body)}`);
    token = String(answer.body['token']);
  };
  return {
    name: account.name,
    get refused() { return refused; },
    async ask(...asked) {
      if (token === undefined) await signIn();
      const answer = await send(...asked);
      if (answer.status !== 401) return answer;
      refused += 1;
      await signIn();
      return send(...asked);
    },
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  } catch {
    return {};
  }
}
