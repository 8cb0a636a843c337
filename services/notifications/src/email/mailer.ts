import { createTransport } from 'nodemailer';
import type { WayOut } from '../consents/unsubscribe-link.issuer';
import type { Letter } from '../messages/letter-writer';
import type { BounceAddress } from './bounce-address';

export interface MailSettings {
  readonly url: string;
  readonly from: string;
  readonly dkim?: { readonly domain: string; readonly selector: string; readonly privateKey: string };
}

export interface Mail {
  readonly messageId: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly letter: Letter;
  readonly wayOut?: WayOut | undefined;
}

const seconds = 1000;

/** Hands letters to the mail server. The Message-ID follows from the message, so a repetition can be known as one. */
export class Mailer {
  private readonly transport;
  private readonly from: string;
  private readonly domain: string;

  constructor(
    { url, from, dkim }: MailSettings,
    private readonly bounces: BounceAddress,
  ) {
    this.from = from;
    this.domain = /@([^\s@<>]+)>?$/.exec(from)?.[1] ?? 'localhost';
    this.transport = createTransport({
      url,
      pool: true,
      maxConnections: 8,
      // A connection that breaks while sending is our retry's matter, which keeps count.
      maxRequeues: 0,
      connectionTimeout: 10 * seconds,
      greetingTimeout: 10 * seconds,
      socketTimeout: 30 * seconds,
      disableFileAccess: true,
      disableUrlAccess: true,
      ...(dkim && {
        dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey, cacheDir: false },
      }),
    });
  }

  /** The number under which the server queued it, if it says one. */
  async send({ messageId, to, letter, wayOut }: Mail): Promise<string | undefined> {
    const sender = this.bounces.of(messageId);
    const { response } = await this.transport.sendMail({
      messageId: `<${messageId}@${this.domain}>`,
      from: this.from,
      to: { name: to.name, address: to.address },
      ...(sender !== undefined && { envelope: { from: sender, to: to.address } }),
      subject: letter.subject,
      text: wayOut ? `${letter.text}\n${wayOut.line}\n` : letter.text,
      headers: {
        // RFC 3834: nobody's absence note should answer it.
        'Auto-Submitted': 'auto-generated',
        'Content-Language': letter.language,
        ...wayOut?.headers,
      },
    });
    return /\bqueued as ([\w.-]{1,64})/i.exec(response)?.[1];
  }

  close(): void {
    this.transport.close();
  }
}
