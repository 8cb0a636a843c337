import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { openBroker } from '@okienko/messaging/jetstream';
import { eventually } from './eventually';

/** As much of a NATS server as a client needs to connect; what it answers to `CONNECT` is the test's. */
class Server1 {
  readonly open = new Set<Socket>();
  connections = 0;
  refuses = false;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Server1> {
    const server = createServer();
    const one = new Server1(server);
    server.on('connection', (socket) => one.serve(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return one;
  }

  get url(): string {
    return `nats://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  drop(): void {
    for (const socket of this.open) socket.destroy();
  }

  async stop(): Promise<void> {
    this.drop();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private serve(socket: Socket): void {
    this.connections += 1;
    this.open.add(socket);
    socket.on('close', () => this.open.delete(socket)).on('error', () => undefined);
    socket.write(
      `INFO ${JSON.stringify({ server_id: 'x', version: '2.12.6', proto: 1, headers: true, max_payload: 1048576 })}\r\n`,
    );
    socket.on('data', (data: Buffer) => {
      if (this.refuses) socket.end(`-ERR 'Authorization Violation'\r\n`);
      else if (data.includes('PING')) socket.write('PONG\r\n');
    });
  }
}

describe('the connection to the broker', () => {
  let server: Server1;
  beforeEach(async () => {
    server = await Server1.start();
  });
  afterEach(() => server.stop());

  test('is not left open when JetStream does not answer', async () => {
    await expect(openBroker(server.url, 'test')).rejects.toThrow();
    await eventually(() => expect(server.open.size).toBe(0), 2000);
  }, 20_000);

  test('outlives refusals, as while an account is being changed', async () => {
    // JetStream never answers here, so the options are tried on a connection of the same making.
    const opening = openBroker(server.url, 'test').catch(() => undefined);
    await eventually(() => expect(server.open.size).toBe(1), 2000);
    server.refuses = true;
    server.drop();
    await eventually(() => expect(server.connections).toBeGreaterThan(3), 4000);
    server.refuses = false;
    await eventually(() => expect(server.open.size).toBe(1), 3000);
    await opening;
  }, 20_000);
});
