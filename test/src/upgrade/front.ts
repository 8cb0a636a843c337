import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Replica } from '../chaos/system/system';

const lookEvery = 200;
const patience = 10_000;

/**
 * What a service is to its clients: one address, behind it the replicas that say that they are ready. It deals out connections, as a
 * Kubernetes service does; who has one keeps it, also to a replica that is about to go.
 */
export class Front {
  private readonly ready = new Set<Replica>();
  private readonly gone = new Set<Replica>();
  private readonly server = createServer({ pauseOnConnect: true }, (near) => void this.connect(near));
  private turn = 0;
  private open = true;
  private readonly looking: Promise<void>;

  constructor(private readonly replicas: readonly Replica[]) {
    for (const replica of replicas) this.ready.add(replica);
    this.server.listen(0, '127.0.0.1');
    this.looking = this.look();
  }

  async url(): Promise<string> {
    if (!this.server.listening) await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** It is going to be stopped: new connections go to others. */
  retire(replica: Replica): void {
    this.gone.add(replica);
    this.ready.delete(replica);
  }

  /** It is there again, and has clients as soon as it is seen to be ready. */
  restore(replica: Replica): void {
    this.gone.delete(replica);
  }

  async stop(): Promise<void> {
    this.open = false;
    this.server.close();
    await this.looking;
  }

  private async look(): Promise<void> {
    while (this.open) {
      await Promise.all(
        this.replicas.map(async (replica) => {
          const answer = await fetch(`${replica.url}/health/ready`, { signal: AbortSignal.timeout(2000) }).catch(
            () => undefined,
          );
          await answer?.body?.cancel();
          if (answer?.ok && !this.gone.has(replica)) this.ready.add(replica);
          else this.ready.delete(replica);
        }),
      );
      await pause(lookEvery);
    }
  }

  /** To the next that is ready; one that refuses is passed over, which is the front's business and not the client's. */
  private async connect(near: Socket): Promise<void> {
    near.on('error', () => undefined);
    for (const deadline = Date.now() + patience; Date.now() < deadline && !near.destroyed;) {
      const all = [...this.ready];
      const replica = all[(this.turn += 1) % all.length];
      const far = replica && (await reach(Number(new URL(replica.url).port)));
      if (far) return join(near, far);
      await pause(20);
    }
    near.resetAndDestroy();
  }
}

function reach(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const far = createConnection(port, '127.0.0.1', () => resolve(far));
    far.on('error', () => resolve(undefined));
  });
}

function join(near: Socket, far: Socket): void {
  for (const socket of [near, far]) socket.setNoDelay(true);
  near.pipe(far);
  far.pipe(near);
  near.on('close', () => far.destroy());
  far.on('close', () => near.destroy());
}
