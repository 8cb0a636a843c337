import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Speaks as clamd does to INSTREAM, and finds something in what holds `virus`. */
export class FakeClamd {
  /** Bytes of each stream that came whole. */
  readonly seen: Buffer[] = [];
  answer: ((content: Buffer) => string) | undefined;

  private constructor(private readonly server: Server) {}

  static async start(port = 0): Promise<FakeClamd> {
    const server = createServer();
    const clamd = new FakeClamd(server);
    server.on('connection', (socket) => {
      let received = Buffer.alloc(0);
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        received = Buffer.concat([received, chunk]);
        const content = contentIn(received);
        if (!content) return;
        clamd.seen.push(content);
        const verdict = content.includes('virus') ? 'stream: Eicar-Signature FOUND' : 'stream: OK';
        socket.end(`${clamd.answer?.(content) ?? verdict}\0`);
      });
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return clamd;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

const command = Buffer.from('zINSTREAM\0');

/** What was streamed, once the chunk of no length has come. */
function contentIn(received: Buffer): Buffer | undefined {
  if (!received.subarray(0, command.length).equals(command)) return undefined;
  const chunks: Buffer[] = [];
  for (let at = command.length; at + 4 <= received.length;) {
    const length = received.readUInt32BE(at);
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(received.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}
