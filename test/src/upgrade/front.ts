import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Service, services } from '@okienko/contracts/event';
import type { Closing } from '@okienko/local/closing';
import type { Replica, System } from '../chaos/system/system';

const lookEvery = 200;
const patience = 10_000;

/**
 * What a service is to its clients: one address, behind it the replicas that say that they are ready. It deals out connections, as a
 * Kubernetes service does; who has one keeps it, also to a replica that is about to go.
 */
export class Front {
  private readonly members: Set<Replica>;
  private readonly ready: Set<Replica>;
  private readonly server = createServer({ pauseOnConnect: true }, (near) => void this.connect(near));
  private turn = 0;
  private open = true;
  private readonly looking: Promise<void>;

  constructor(replicas: readonly Replica[]) {
    this.members = new Set(replicas);
    this.ready = new Set(replicas);
    this.server.listen(0, '127.0.0.1');
    this.looking = this.look();
  }

  async url(): Promise<string> {
    if (!this.server.listening) await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** It is going to be stopped: new connections go to others. */
  retire(replica: Replica): void {
    this.members.delete(replica);
    this.ready.delete(replica);
  }

  /** It is there, for the first time or again, and has clients as soon as it is seen to be ready. */
  admit(replica: Replica): void {
    this.members.add(replica);
  }

  async stop(): Promise<void> {
    this.open = false;
    this.server.close();
    await this.looking;
  }

  private async look(): Promise<void> {
    while (this.open) {
      await Promise.all(
        [...this.members].map(async (replica) => {
          const answer = await fetch(`${replica.url}/health/ready`, { signal: AbortSignal.timeout(2000) }).catch(
            () => undefined,
          );
          await answer?.body?.cancel();
          if (answer?.ok && this.members.has(replica)) this.ready.add(replica);
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

export type Fronts = Readonly<Record<Service, Front>>;

/** One before each service. */
export function frontsOf({ replicas }: Pick<System, 'replicas'>, closing: Closing): Fronts {
  const front = (service: Service): Front => {
    const made = new Front(replicas.filter((replica) => replica.service === service));
    closing.add(() => made.stop());
    return made;
  };
  return Object.fromEntries(services.map((service) => [service, front(service)])) as unknown as Fronts;
}

export async function urlsOf(fronts: Fronts): Promise<Record<Service, string>> {
  const urls = services.map(async (service) => [service, await fronts[service].url()] as const);
  return Object.fromEntries(await Promise.all(urls)) as Record<Service, string>;
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
