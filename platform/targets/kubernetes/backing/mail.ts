import { clusterPort } from '../place.ts';
import { nobody } from '../security.ts';
import { get } from './probe.ts';
import type { Server } from './server.ts';

/** Mailpit: takes every mail and delivers none. Its pages are for `kubectl port-forward`; no policy lets anybody else in. */
export const mail = (name: string): Server => ({
  image: 'docker.io/axllent/mailpit:v1.31.4@sha256:b68349e3a014b90c5610bfb26b2ae36f3892d7b8cf25ee140c6c71c98d2fcf48',
  version: 'v1.31.4',
  user: nobody,
  amount: { cpu: 50, memory: 64 },
  env: [
    { name: 'MP_DATABASE', value: '/data/mailpit.db' },
    { name: 'MP_MAX_MESSAGES', value: '5000' },
    { name: 'MP_SMTP_AUTH_FILE', value: USERS },
    // Without TLS, which nothing in this namespace speaks.
    { name: 'MP_SMTP_AUTH_ALLOW_INSECURE', value: 'true' },
    { name: 'MP_UI_AUTH_FILE', value: USERS },
    { name: 'MP_DISABLE_VERSION_CHECK', value: 'true' },
  ],
  ports: [{ name: 'smtp', number: clusterPort.mail }, { name: 'http', number: 8025 }],
  data: '/data',
  scratch: ['/tmp'],
  probes: { startup: get('/livez', 'http', 1, 60), live: get('/livez', 'http', 15, 4), ready: get('/readyz', 'http', 5, 2) },
  passwords: ['password'],
  secret: {
    users: `${name}:{{ .password }}`,
    url: `smtp://${name}:{{ .password }}@${name}:${clusterPort.mail}`,
  },
  secretFiles: { users: USERS },
  files: {},
});

const USERS = '/etc/mailpit/users';
