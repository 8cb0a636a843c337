import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
}

/** A TCP proxy on loopback that can do to connections what networks do: cut them, hold them still, slow them down, let no one in. */
export class TcpProxy {
  private readonly pairs = new Set<Pair>();
  private delay = 0;
  private held = false;
  private closed = false;

  private constructor(
    private readonly target: number,
    private readonly server: Server,
  ) {}

  /** In front of this port of the same machine. */
  static async to(target: number, port = 0): Promise<TcpProxy> {
    const server = createServer();
    const proxy = new TcpProxy(target, server);
    server.on('connection', (near) => proxy.accept(near));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** From which local ports it talks to its target: there the other side sees whose connection is whose. */
  get farPorts(): ReadonlySet<number> {
    return new Set([...this.pairs].flatMap(({ far }) => far.localPort ?? []));
  }

  /** Ends every connection without a word; what is under way is lost. */
  cut(): void {
    for (const { near, far } of this.pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  }

  /** Nothing passes for so long, and then the connections are cut: what was sent meanwhile never arrives. */
  async swallow(milliseconds: number): Promise<void> {
    this.held = true;
    await pause(milliseconds);
    this.cut();
    this.held = false;
  }

  /** For so long nobody is connected, and nobody gets in. */
  async shut(milliseconds: number): Promise<void> {
    this.closed = true;
    this.cut();
    await pause(milliseconds);
    this.closed = false;
  }

  /** For so long each piece takes its time. */
  async slow(delay: number, milliseconds: number): Promise<void> {
    this.delay = delay;
    await pause(milliseconds);
    this.delay = 0;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.cut();
    await once(this.server, 'close');
  }

  private accept(near: Socket): void {
    if (this.closed) return void near.resetAndDestroy();
    const far = createConnection(this.target, '127.0.0.1');
    const pair = { near, far };
    this.pairs.add(pair);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.setNoDelay(true);
      from.on('data', (piece: Buffer) => this.pass(piece, from, to));
      from.on('error', () => undefined);
      from.on('end', () => to.end());
      from.on('close', () => {
        this.pairs.delete(pair);
        to.destroy();
      });
    }
  }

  private pass(piece: Buffer, from: Socket, to: Socket): void {
    if (this.held) return;
    if (this.delay > 0) {
      from.pause();
      setTimeout(() => {
        to.write(piece);
        from.resume();
      }, this.delay);
    } else if (!to.write(piece)) {
      from.pause();
      to.once('drain', () => from.resume());
    }
  }
}
