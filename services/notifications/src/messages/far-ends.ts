import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface Mail {
  readonly from: string;
  readonly to: string;
  readonly raw: string;
}

/** A mail server that answers a recipient with the next of the codes set for it, else takes the mail; STALL says nothing for a while. */
export class MailServer {
  readonly mails: Mail[] = [];
  readonly answers = new Map<string, (number | 'STALL')[]>();
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, done) => {
      const answer = this.answers.get(address)?.shift();
      if (answer === 'STALL') setTimeout(() => done(null), 2_000);
      else
        done(answer === undefined ? null : Object.assign(new Error('refused by the test'), { responseCode: answer }));
    },
    onData: (stream, { envelope }, done) => {
      void buffer(stream).then((raw) => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : '';
        this.mails.push({ from, to: envelope.rcptTo[0]?.address ?? '', raw: raw.toString() });
        done();
      });
    },
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  to(address: string): Mail[] {
    return this.mails.filter((mail) => mail.to === address);
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

export interface GatewayReply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  /** Milliseconds before it answers. */
  readonly after?: number;
  /** Breaks the connection instead. */
  readonly breaks?: boolean;
}

export interface Posted {
  readonly to: string;
  readonly text: string;
  readonly reference: string;
  readonly headers: IncomingHttpHeaders;
  readonly at: number;
}

/** An SMS gateway that answers a number with the next of the replies set for it, else takes the message. */
export class PhoneGateway {
  readonly posted: Posted[] = [];
  readonly replies = new Map<string, GatewayReply[]>();
  /** What it says to everybody while it is set. */
  trouble: GatewayReply | undefined;
  private readonly server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      const { to, text: said, reference } = JSON.parse(body) as Posted;
      const count = this.posted.push({ to, text: said, reference, headers: request.headers, at: Date.now() });
      const reply = this.trouble ?? this.replies.get(to)?.shift() ?? { status: 200 };
      if (reply.breaks) return request.socket.destroy();
      const taken = reply.status < 300 ? JSON.stringify({ id: `gw-${count}` }) : '';
      setTimeout(() => response.writeHead(reply.status, reply.headers).end(taken), reply.after ?? 0);
      return undefined;
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/messages`;
  }

  to(phone: string): Posted[] {
    return this.posted.filter((one) => one.to === phone);
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
