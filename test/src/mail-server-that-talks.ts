import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A mail server that repeats the recipient's address and name in its refusal, as many do. */
export class MailServerThatTalks {
  readonly mails: string[] = [];
  refusals = 0;
  private readonly server: Server;

  constructor(private readonly refused: string) {
    this.server = createServer((socket) => this.serve(socket));
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private serve(socket: Socket): void {
    let text = '';
    let mail: string | undefined;
    socket.on('error', () => undefined);
    socket.write('220 mail.example ESMTP\r\n');
    socket.on('data', (data: Buffer) => {
      text += data.toString();
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        if (mail === undefined) {
          socket.write(`${this.answer(line)}\r\n`);
          if (/^DATA/i.test(line)) mail = '';
          if (/^QUIT/i.test(line)) socket.end();
        } else if (line === '.') {
          this.mails.push(mail);
          mail = undefined;
          socket.write('250 taken\r\n');
        } else mail += `${line}\n`;
      }
    });
  }

  private answer(line: string): string {
    if (/^DATA/i.test(line)) return '354 go on';
    if (/^QUIT/i.test(line)) return '221 bye';
    const address = /^RCPT TO:<(.+)>/i.exec(line)?.[1];
    if (address !== this.refused) return '250 ok';
    this.refusals += 1;
    return `550 5.1.1 <${address}>: there is no ${address} here`;
  }
}
