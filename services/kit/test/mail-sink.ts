import { SMTPServer } from 'smtp-server';

export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  /** Header lines and body as they came. */
  readonly raw: string;
}
export interface MailSink {
  readonly url: string;
  readonly mails: readonly Received[];
  /** What it says to the next mails; undefined: it takes them. */
  refuse(answer: string | undefined): void;
  stop(): Promise<void>;
}

/** A mail server in this process that keeps what it gets. */
export async function startMailSink(): Promise<MailSink> {
  const mails: Received[] = [];
  let refusal: string | undefined;
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (refusal !== undefined) return done(new Error(refusal));
        mails.push({
          from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
          to: session.envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(chunks).toString('utf8'),
        });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', () => resolve()); });
  const address = server.server.address();
  return {
    url: `smtp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    mails,
    refuse(answer) { refusal = answer; },
    stop: () => new Promise((resolve) => { server.close(() => resolve()); }),
  };
}
