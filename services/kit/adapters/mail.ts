import nodemailer from 'nodemailer';
import type { Connection } from '../contract.ts';
import type { Kit } from '../kit.ts';
import { problem } from '../problem.ts';
import { measured } from '../measured.ts';
import { span } from '../telemetry.ts';
import { messageOf, serviceOf } from './error.ts';

export interface Mail {
  /** One address. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** `<event id>@<service>`, without brackets: the same for every try, so that a receiver can see that it has it already. */
  readonly messageId: string;
}
export interface Mailer {
  /**
   * Resolves when the server has accepted it. @throws {Problem} `invalid_body` for what must not become a header,
   * `unavailable` when the server is away or refuses
   */
  send(mail: Mail): Promise<void>;
  ready(): Promise<void>;
  close(): Promise<void>;
}

const ADDRESS = /^[^\s@<>",;:\\()[\]\p{Cc}]{1,64}@[a-zA-Z0-9](?:[a-zA-Z0-9.-]{0,188}[a-zA-Z0-9])?$/u;
const MESSAGE_ID = /^[A-Za-z0-9._-]{1,100}@[A-Za-z0-9.-]{1,100}$/;
const CONTROL = /\p{Cc}/u;

/** SMTP. The URL may carry `?from=<address>`. Beyond loopback the server must offer TLS, or nothing is sent. */
export function openMailer(kit: Kit, connection: Connection<'mail'>): Mailer {
  const { reference } = connection;
  const url = new URL(connection.url.reveal());
  if (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') throw new Error(`${reference}: no mailer speaks "${url.protocol}". Use smtp: or smtps:.`);
  const from = url.searchParams.get('from') ?? `no-reply@${kit.contract.name}.invalid`;
  const loopback = /^(127\.|\[::1\]$|localhost$)/.test(url.hostname);
  const transport = nodemailer.createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || (url.protocol === 'smtps:' ? 465 : 587)), secure: url.protocol === 'smtps:',
    requireTLS: !loopback, ...(loopback && url.protocol === 'smtp:' ? { ignoreTLS: true } : {}),
    ...(url.username ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } } : {}),
    connectionTimeout: 2000, greetingTimeout: 2000, socketTimeout: 5000, disableFileAccess: true, disableUrlAccess: true,
  });
  return {
    send: (mail) => span(`MAIL ${reference}`, {
      kind: 'client', attributes: { 'journey.reference': reference, 'mail.recipients': 1, 'mail.message_id': mail.messageId, 'server.address': url.hostname },
    }, () => measured('backing_operation_duration_seconds', (failed) => ({ journey_reference: reference, operation: 'MAIL', error_type: failed }), async () => {
      check(mail);
      try {
        await transport.sendMail({ from, to: { name: '', address: mail.to }, subject: mail.subject, text: mail.text, messageId: `<${mail.messageId}>` });
      } catch (error) {
        throw problem('unavailable', `The mail server ${reference} did not take the mail: ${messageOf(error)}`, { cause: error, at: serviceOf(reference) });
      }
    })),
    async ready() {
      try {
        await transport.verify();
      } catch (error) {
        throw problem('unavailable', `The mail server ${reference} does not answer: ${messageOf(error)}`, { cause: error, at: serviceOf(reference) });
      }
    },
    async close() {
      transport.close();
    },
  };
}

/** Nothing that could end a header and begin another one (CWE-93); refused, not repaired. */
function check({ to, subject, messageId }: Mail): void {
  if (!ADDRESS.test(to)) throw problem('invalid_body', 'The recipient is not one mail address.');
  if (CONTROL.test(subject) || subject.length > 250) throw problem('invalid_body', 'The subject has control characters or more than 250 characters.');
  if (!MESSAGE_ID.test(messageId)) throw problem('invalid_body', 'The Message-ID is not of the form name@host.');
}
