import { expect, test } from '@jest/globals';
import { withoutCredentials } from './credentials.ts';

test.each([
  ['a URL, a scheme, a JWT', 'a eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.abc, x-eyJhbGciOiJIUzI1NiJ9.e.s, BEARER\thunter2-hunter2, http://u:p@h/://, com.example-longer.Name.x', 'a [secret], x-[secret], BEARER [secret], http://[secret]@h/://, com.example-longer.Name.x'],
  ['a query', 'GET /v1/x?token=hunter2&page=2&api_key=hunter2#link=hunter2 took 3 ms', 'GET /v1/x?token=[secret]&page=2&api_key=[secret] took 3 ms'],
  ['a form', 'name=ada&password=hunter2', 'name=ada&password=[secret]'],
  ['a fragment', 'open http://127.0.0.1/sign-in#link=hunter2', 'open http://127.0.0.1/sign-in#link=[secret]'],
  ['signs that need no escape', "password=hunter%26,(hunter2);'hunter2!#hunter2 next", 'password=[secret] next'],
  ['JSON', 'body {"name":"ada","password" : "hunt\\"er2","n":1}', 'body {"name":"ada","password" : "[secret]","n":1}'],
  ['JSON that is no text', '{"otp":123456,"pin": 99, "page":1}', '{"otp":[secret],"pin": [secret], "page":1}'],
  ['JSON within JSON', '{"body":"{\\"password\\":\\"hunter2\\",\\"b\\":\\"c\\"}"}', '{"body":"{\\"password\\":\\"[secret]\\",\\"b\\":\\"c\\"}"}'],
  ['JSON within JSON within JSON', String.raw`{"a":"{\"b\":\"{\\\"password\\\":\\\"hunter2\\\"}\"}"}`, String.raw`{"a":"{\"b\":\"{\\\"password\\\":\\\"[secret]\\\"}\"}"}`],
  ['what JavaScript and Python print', "{ name: 'ada', 'password': 'hunter2' } {'api_key': 'hunter2', 'b': 1}", "{ name: 'ada', 'password': '[secret]' } {'api_key': '[secret]', 'b': 1}"],
  ['a text that was cut', 'sent {"password":"hunter2 hunter2', 'sent {"password":"[secret]'],
  ['lines of headers', 'GET / HTTP/1.1\r\nCookie: a=hunter2; b=hunter2\r\nAuthorization: Digest hunter2\r\nAccept: */*', 'GET / HTTP/1.1\r\nCookie: [secret]\r\nAuthorization: [secret]\r\nAccept: */*'],
])('a credential is masked in %s', (_, said, kept) => {
  expect(withoutCredentials(said)).toBe(kept);
  expect(withoutCredentials(kept)).toBe(kept);
});

test.each([
  'authorization', 'proxy-authorization', 'cookie', 'cookies', 'set-cookie', 'db_password', 'passwd', 'pwd', 'passphrase', 'client_secret', 'access_token', 'api_key', 'access-key', 'secretKey', 'private_key',
  'signing_key', 'cookie_key', 'workload_key', 'credential', 'credentials', 'connection_string', 'database_url', 'dsn', 'jwt', 'session', 'session_id', 'otp', 'pin', 'link',
])('each denied key is looked for: %s', (key) => {
  expect([withoutCredentials(`a ${key}=hunter2`), withoutCredentials(`{"${key}":"hunter2"}`)]).toEqual([`a ${key}=[secret]`, `{"${key}":"[secret]"}`]);
});

test.each([
  'select * from sessions where token=$1 and session = $2 and pin=?', 'where otp=:otp', 'the token: expired, the link: see below',
  'workload=auth key=value page=1 monkey=2', '{"tokens":3,"passwords":{"a":1},"next":"password"}', 'password=', '{"password":""}', '{"token":null}'.replace('null', '{}'), 'x',
])('what holds none stays: %s', (said) => {
  expect(withoutCredentials(said)).toBe(said);
});

test.each([
  'a-', 'eyJ-', 'eyJaaaaaaaa.', 'Bearer ', 'a://', '://a', 'Basic\t\t', 'token=', 'token', 'a.token=a', '"token":"', '"token":\\"', "'token':\"", '\\', '\\"', '"token":', '\\"token\\":', 'cookie:\t', 'cookie: \n', '"token":\t', 'token=[', '.token',
])('in time that grows with the text, however it is made: %j', (piece) => {
  const began = performance.now();
  withoutCredentials(`${piece.repeat(1_000_000 / piece.length)} :// eyJ = token`);
  // Of a million signs; what looks at each pair of them takes minutes.
  expect(performance.now() - began).toBeLessThan(3000);
});
