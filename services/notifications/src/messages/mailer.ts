import { createTransport } from 'nodemailer';
import type { Letter } from './letter-writer';

export interface Address {
  readonly name: string;
  readonly address: string;
}

const seconds = 1000;

/** Hands letters to the mail server. The Message-ID follows from the message, so a repetition can be known as one. */
export class Mailer {
  private readonly transport;
  private readonly domain: string;

  constructor(
    url: string,
    private readonly from: string,
  ) {
    this.domain = /@([^\s@<>]+)>?$/.exec(from)?.[1] ?? 'localhost';
    this.transport = createTransport({
      url,
      pool: true,
      maxConnections: 5,
      // A connection that breaks while sending is our retry's matter, which keeps count.
      maxRequeues: 0,
      connectionTimeout: 10 * seconds,
      greetingTimeout: 10 * seconds,
      socketTimeout: 30 * seconds,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send(messageId: string, to: Address, letter: Letter): Promise<void> {
    await this.transport.sendMail({
      messageId: `<${messageId}@${this.domain}>`,
      from: this.from,
      to: { name: to.name, address: to.address },
      subject: letter.subject,
      text: letter.text,
      // RFC 3834: nobody's absence note should answer it.
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': letter.language },
    });
  }

  close(): void {
    this.transport.close();
  }
}
