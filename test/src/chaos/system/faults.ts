import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { StreamInfo } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import type { Chance } from '../../chance';
import { type Poisoned, poison } from './poison';
import { namespace, recovered, type Replica, type System } from './system';

/** What was done to the system, for the table. */
export interface Fault {
  readonly kind: string;
  readonly victim: string;
  /** Seconds until a killed replica was ready again. */
  readonly recovery?: number;
}

export const streams = [
  'OKIENKO_CATALOGUE',
  'OKIENKO_CASES',
  'OKIENKO_PROVIDERS',
  'OKIENKO_NOTIFICATIONS',
  'OKIENKO_SEALED',
] as const;

/** Longer than the broker waits for an acknowledgement. */
const frozenFor = 10_000;

/** Everything that is done to the system, each kind once in a deck that is shuffled again when it is used up. */
export class Faults {
  readonly done: Fault[] = [];
  readonly poisoned: Poisoned[] = [];
  private deck: (() => Promise<Fault>)[] = [];

  constructor(
    private readonly system: System,
    private readonly chance: Chance,
  ) {}

  async next(): Promise<Fault> {
    if (this.deck.length === 0) this.deck = this.shuffled(this.all());
    const fault = await (this.deck.pop() as () => Promise<Fault>)();
    this.done.push(fault);
    return fault;
  }

  private all(): (() => Promise<Fault>)[] {
    const { chance, system } = this;
    const replica = (): Replica => chance.pick(system.replicas);
    return [
      () => this.killReplica('kill -9 of a replica', replica()),
      async () => this.killReplica('kill -9 of a relay', await this.relayHolder()),
      () => this.killNode('kill -9 of a NATS node', chance.pick(system.nodes).name),
      () => this.killLeader(chance.pick(['OKIENKO_CASES', 'OKIENKO_PROVIDERS'])),
      () => this.killPostgres(),
      async () => this.freeze(await this.relayHolder()),
      () =>
        this.through('database connections cut', replica(), ({ toDatabase }) =>
          toDatabase.shut(chance.between(200, 2000)),
        ),
      () =>
        this.through('broker connections swallowed, then cut', replica(), async ({ toBroker }) => {
          const milliseconds = chance.between(50, 500);
          await Promise.all(toBroker.map((proxy) => proxy.swallow(milliseconds)));
        }),
      () => this.through('database slow', replica(), ({ toDatabase }) => toDatabase.slow(30, 3000)),
      () =>
        this.through('broker slow', replica(), async ({ toBroker }) => {
          await Promise.all(toBroker.map((proxy) => proxy.slow(30, 3000)));
        }),
      () => this.repeat(),
      async () => {
        const done = await poison(system.broker.connection, chance, namespace);
        this.poisoned.push(...done);
        return { kind: 'poison', victim: done.map(({ shape }) => shape).join(', ') };
      },
    ];
  }

  private shuffled<T>(cards: T[]): T[] {
    for (let last = cards.length - 1; last > 0; last -= 1) {
      const other = this.chance.below(last + 1);
      [cards[last], cards[other]] = [cards[other] as T, cards[last] as T];
    }
    return cards;
  }

  private async killReplica(kind: string, replica: Replica): Promise<Fault> {
    this.send(replica.name, 'SIGKILL');
    await pause(20);
    return { kind, victim: replica.name, recovery: await recovered(replica) };
  }

  /** The node that everybody writes a stream to; it comes back by itself. */
  async killLeader(stream: (typeof streams)[number]): Promise<Fault> {
    const { cluster } = await this.infoOf(stream);
    const node = cluster?.leader || this.chance.pick(this.system.nodes).name;
    return this.killNode(`kill -9 of the leader of ${stream}`, node);
  }

  private async killNode(kind: string, name: string): Promise<Fault> {
    this.send(name, 'SIGKILL');
    await pause(3000);
    return { kind, victim: name };
  }

  private async killPostgres(): Promise<Fault> {
    this.send('postgres', 'SIGKILL');
    const began = Date.now();
    while (Date.now() - began < 60_000) {
      await pause(200);
      if (
        await this.system.admin.query('select 1').then(
          () => true,
          () => false,
        )
      )
        break;
    }
    return {
      kind: 'kill -9 of PostgreSQL',
      victim: `answers again after ${((Date.now() - began) / 1000).toFixed(1)} s`,
    };
  }

  private async freeze(replica: Replica): Promise<Fault> {
    this.send(replica.name, 'SIGSTOP');
    await pause(frozenFor);
    this.send(replica.name, 'SIGCONT');
    return { kind: `a relay stands still for ${frozenFor / 1000} s`, victim: replica.name };
  }

  private async through(kind: string, replica: Replica, act: (replica: Replica) => Promise<void>): Promise<Fault> {
    await act(replica);
    return { kind, victim: replica.name };
  }

  /** Messages that are stored already come again as new ones, the later before the earlier. */
  private async repeat(): Promise<Fault> {
    const { broker } = this.system;
    const stream = this.chance.pick(['OKIENKO_CASES', 'OKIENKO_PROVIDERS']);
    const { state } = await this.infoOf(stream);
    const count = Math.min(40, state.messages);
    const first = Math.max(state.first_seq, state.last_seq - 200) + this.chance.below(Math.min(160, state.messages));
    for (let seq = first + count; seq >= first; seq -= 1) {
      const message = await broker.manager.direct.getMessage(stream, { seq }).catch(() => null);
      const head = headers();
      head.set('Nats-Msg-Id', randomUUID());
      if (message && message.header.get('Okienko-Poison') === '')
        await broker.streams.publish(message.subject, message.data, { headers: head }).catch(() => undefined);
    }
    return { kind: `${count} messages again, in reverse`, victim: stream };
  }

  /** While the nodes choose a leader nobody answers. */
  private async infoOf(stream: string): Promise<StreamInfo> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.system.broker.manager.streams.info(stream);
      } catch (error) {
        if (attempt === 60) throw error;
        await pause(1000);
      }
    }
  }

  /** The replica whose session holds the relay's lock of a service. */
  private async relayHolder(): Promise<Replica> {
    const { replicas, admin } = this.system;
    const { rows } = await admin
      .query<{ port: number }>(
        `select a.client_port as port from pg_stat_activity a join pg_locks l on l.pid = a.pid
         where l.locktype = 'advisory' and l.granted and a.application_name = 'okienko outbox relay'`,
      )
      .catch(() => ({ rows: [] }));
    const holders = replicas.filter(({ toDatabase }) => rows.some(({ port }) => toDatabase.farPorts.has(port)));
    return this.chance.pick(holders.length > 0 ? holders : replicas);
  }

  private send(name: string, signal: NodeJS.Signals): void {
    const pid = this.system.supervisor.pid(name);
    if (pid === undefined) return;
    try {
      process.kill(pid, signal);
    } catch {
      // Between an end and a new start there is nobody to signal.
    }
  }
}
