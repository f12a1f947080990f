import { get, listOf, textsOf } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { ofKind } from './pods.ts';

const REDIRECTS = ['nginx.ingress.kubernetes.io/ssl-redirect', 'nginx.ingress.kubernetes.io/force-ssl-redirect'];

export const ingressTls = rule({
  id: 'ingress-tls',
  why: 'Tokens and cookies cross the internet in clear where one host is served without TLS.',
  fix: 'Name every host of `rules` in a `tls` entry that has a secretName.',
  serves: ['NSA/CISA: Network separation and hardening (TLS)'],
  of: ofKind('Ingress'),
  check: (on) => {
    const secured = listOf(get(on.json, 'spec', 'tls')).flatMap((tls) => (get(tls, 'secretName') === undefined ? [] : textsOf(get(tls, 'hosts'))));
    const open = listOf(get(on.json, 'spec', 'rules')).flatMap((r, i) => {
      const host = get(r, 'host');
      return secured.some((s) => s === host) ? [] : [breach(on, ['spec', 'rules', i, 'host'], `${host === undefined ? 'every host' : String(host)} is served without TLS`)];
    });
    const plain = REDIRECTS.filter((key) => get(on.json, 'metadata', 'annotations', key) === 'false').map((key) => breach(on, ['metadata', 'annotations', key], 'answers over plain HTTP instead of leading to TLS'));
    open.push(...plain);
    return get(on.json, 'spec', 'defaultBackend') === undefined ? open : [...open, breach(on, ['spec', 'defaultBackend'], 'every other host is served without TLS')];
  },
});
