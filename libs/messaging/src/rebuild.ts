import { topology } from '@okienko/contracts/streams';
import type { DataSource } from 'typeorm';
import type { Handle } from './dead-letters';
import { History } from './history';
import { aggregateKey, type Incoming, readEvent } from './incoming';
import type { Broker } from './jetstream';
import type { Projection } from './projection';
import { replayEnd, replaySubject } from './replay';
import { compare, type Difference, dropShadow, makeShadow, replaceLive, type TablePair } from './shadow-tables';
import { inTransaction, type Transaction } from './transaction';

export interface RebuildSettings {
  readonly service: string;
  readonly namespace: string;
  readonly projection: Projection;
  /** The run of the owner's replay to read before the stream; without it the stream must reach back to the beginning. */
  readonly replay?: string;
  readonly swap: boolean;
  readonly say: (progress: string) => void;
}

export interface Rebuilt {
  readonly events: number;
  readonly equal: boolean;
  readonly tables: readonly Difference[];
  /** Aggregates of which the live copy has heard less than the rebuilt one. */
  readonly behind: number;
  /** Rows that were put right; undefined where nothing was swapped. */
  readonly changed?: number;
}

/** The history does not begin at the beginning, or ends before what the live copy knows. */
export class HistoryIncomplete extends Error {}

type Positions = Map<string, number>;

const batch = 500;
const patience = 20_000;
const standstill = 3_000;

/**
 * Makes a local copy anew, beside the live one, by the same handlers from the owner's own words; compares the two at one and the same
 * position of every aggregate; and puts the live one right in one transaction. Commands, readers and events go on, the events of this
 * service but for the moment of the comparison. (Design: events A7, C3.6.)
 */
export class Rebuild {
  private readonly durable: string;
  private readonly stream: string;
  private schema = '';
  private discarded = new Set<string>();
  private events = 0;

  constructor(
    private readonly settings: RebuildSettings,
    /** As the role that owns the schema. */
    private readonly live: DataSource,
    /** As the same role, in the schema of shadows: what a handler writes outside of its copy finds no table there. */
    private readonly shadow: DataSource,
    private readonly broker: Broker,
    private readonly handle: Handle,
  ) {
    const { owner } = settings.projection;
    this.durable = `${settings.service}-reads-${owner}`;
    this.stream = `${settings.namespace}_${owner}`.toUpperCase();
  }

  async run(): Promise<Rebuilt> {
    const [row] = await this.live.query<{ schema: string }[]>('select current_schema() as schema');
    this.schema = row?.schema ?? '';
    const beside = `${this.schema}_rebuild`;
    const pairs = await inTransaction(this.live, (transaction) =>
      makeShadow(transaction, this.schema, beside, this.settings.projection.tables),
    );
    const passedOver = await this.live.query<{ id: string }[]>(
      `select event_id::text as id from dead_letter where consumer = $1 and status = 'DISCARDED'`,
      [this.durable],
    );
    this.discarded = new Set(passedOver.map(({ id }) => id));
    if (this.settings.replay !== undefined) await this.readReplay(this.settings.replay);
    const { namespace, projection } = this.settings;
    const history = await History.open(
      this.broker,
      this.stream,
      projection.aggregates.map((aggregate) => `${namespace}.${projection.owner}.${aggregate}.>`),
    );
    try {
      await this.catchUp(history);
      const rebuilt = await this.settle(history, pairs);
      await inTransaction(this.live, (transaction) => dropShadow(transaction, beside));
      return rebuilt;
    } finally {
      history.stop();
    }
  }

  private async readReplay(run: string): Promise<void> {
    const { namespace, service } = this.settings;
    const { name } = topology(namespace).replay;
    const subject = replaySubject(namespace, service, run, '>');
    const history = await History.open(this.broker, name, [subject]);
    try {
      for (let silent = 0; silent < patience;) {
        const bodies = await history.take(batch);
        silent = bodies.length === 0 ? silent + 200 : 0;
        const end = bodies.indexOf(replayEnd);
        await this.apply(end < 0 ? bodies : bodies.slice(0, end));
        if (end >= 0) return;
      }
      throw new HistoryIncomplete(`The replay ${run} has no end: run it again.`);
    } finally {
      history.stop();
      await this.broker.manager.streams.purge(name, { filter: subject });
    }
  }

  private async catchUp(history: History): Promise<void> {
    for (;;) {
      const bodies = await history.take(batch);
      await this.apply(bodies);
      if (bodies.length < batch && (await history.pending()) === 0) return;
    }
  }

  /** Compares at the live position: the live consumer is held while the shadow takes its last steps. */
  private async settle(history: History, pairs: readonly TablePair[]): Promise<Rebuilt> {
    let [least, lessAt] = [Infinity, Date.now()];
    for (;;) {
      const rebuilt = await inTransaction(this.live, async (transaction) => {
        await transaction.query(`set local lock_timeout = '5s'`);
        await transaction.query('set local statement_timeout = 0');
        await transaction.query('set local idle_in_transaction_session_timeout = 0');
        // Every handler locks its aggregate's place here before it writes: none is under way once this is ours, and none begins.
        await transaction.query('lock table inbox_position in exclusive mode');
        const reached = await this.livePositions(transaction);
        const behind = await this.follow(history, reached);
        // The live copy is behind: the shadow stands still for as long as it comes nearer.
        if (behind < least) [least, lessAt] = [behind, Date.now()];
        if (behind > 0 && Date.now() - lessAt < standstill) return undefined;
        const tables: Difference[] = [];
        for (const pair of pairs) tables.push(await compare(transaction, pair));
        const equal = tables.every(({ digests }) => digests.live === digests.rebuilt);
        const changed = this.settings.swap ? await this.swap(transaction, pairs) : undefined;
        return { events: this.events, equal, tables, behind, ...(changed === undefined ? {} : { changed }) };
      });
      if (rebuilt) return rebuilt;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Leads every aggregate exactly to where the live copy has it. Returns how many are further already. */
  private async follow(history: History, reached: Positions): Promise<number> {
    const later: string[] = [];
    let positions = await this.shadowPositions();
    const missing = (): string[] =>
      [...reached].filter(([key, n]) => (positions.get(key) ?? 0) < n).map(([key]) => key);
    for (let silent = 0; missing().length > 0;) {
      const bodies = await history.take(batch);
      silent = bodies.length === 0 ? silent + 200 : 0;
      if (silent >= patience / 2)
        throw new HistoryIncomplete(
          `The live copy knows more than the history tells, of ${missing().length} aggregates; the first is ${missing()[0]}. Rebuild from the archive.`,
        );
      later.push(...(await this.apply(bodies, reached)));
      if (bodies.length > 0) positions = await this.shadowPositions();
    }
    history.giveBack(later);
    return [...positions].filter(([key, n]) => n > (reached.get(key) ?? 0)).length;
  }

  /** Handles what is next of each aggregate, in one transaction; returns what lies beyond `until`. */
  private async apply(bodies: readonly string[], until?: Positions): Promise<string[]> {
    if (bodies.length === 0) return [];
    const later: string[] = [];
    const events = bodies.map(readEvent);
    await inTransaction(this.shadow, async (transaction) => {
      const positions = await this.shadowPositions(events);
      for (const incoming of events) {
        const key = aggregateKey(incoming);
        const position = positions.get(key) ?? 0;
        if (incoming.sequence <= position) continue;
        if (until && incoming.sequence > (until.get(key) ?? 0)) {
          later.push(incoming.body);
          continue;
        }
        if (incoming.sequence > position + 1)
          throw new HistoryIncomplete(
            `Of ${key} number ${incoming.sequence} follows ${position}: the history does not reach back so far. Rebuild from the archive.`,
          );
        if (!this.discarded.has(incoming.event.id)) await this.handle(incoming, transaction);
        positions.set(key, incoming.sequence);
        this.events += 1;
      }
      const moved = [...positions].map(([key, sequence]) => [...key.split(' '), sequence]);
      await transaction.query(
        `insert into projected as p select * from unnest($1::text[], $2::uuid[], $3::int[])
         on conflict (aggregate_type, aggregate_id) do update set sequence = excluded.sequence where p.sequence < excluded.sequence`,
        [moved.map(([type]) => type), moved.map(([, id]) => id), moved.map(([, , sequence]) => sequence)],
      );
    });
    if (this.events % 10_000 < bodies.length) this.settings.say(`${this.events} events`);
    return later;
  }

  private async shadowPositions(of?: readonly Incoming[]): Promise<Positions> {
    const all = `select aggregate_type || ' ' || aggregate_id as key, sequence from projected`;
    const rows = await this.shadow.query<{ key: string; sequence: number }[]>(
      of ? `${all} where aggregate_id = any ($1::uuid[])` : all,
      of && [of.map(({ aggregateId }) => aggregateId)],
    );
    return new Map(rows.map(({ key, sequence }) => [key, sequence]));
  }

  private async livePositions(transaction: Transaction): Promise<Positions> {
    const rows = await transaction.query<{ key: string; sequence: number }>(
      `select aggregate_type || ' ' || aggregate_id as key, sequence from inbox_position where consumer = $1 and aggregate_type = any ($2)`,
      [this.durable, this.settings.projection.aggregates],
    );
    return new Map(rows.map(({ key, sequence }) => [key, sequence]));
  }

  /** With the rows go the positions: what the shadow has heard is heard, and what was parked of it is done. */
  private async swap(transaction: Transaction, pairs: readonly TablePair[]): Promise<number> {
    const changed = await replaceLive(transaction, pairs);
    const projected = `${this.schema}_rebuild.projected`;
    await transaction.query(
      `update dead_letter d set status = 'RETRIED', resolved_at = now(), resolved_by = 'rebuild', resolution = 'Its effect came with the rebuilt copy.'
       from ${projected} p where d.consumer = $1 and d.status = 'PARKED' and d.aggregate_type = p.aggregate_type
         and d.aggregate_id = p.aggregate_id and d.sequence <= p.sequence`,
      [this.durable],
    );
    await transaction.query(
      `insert into inbox_position as i (consumer, aggregate_type, aggregate_id, sequence)
       select $1, p.aggregate_type, p.aggregate_id, p.sequence from ${projected} p
       on conflict (consumer, aggregate_type, aggregate_id) do update set sequence = greatest(i.sequence, excluded.sequence),
         parked = exists (select from dead_letter d where d.consumer = i.consumer and d.aggregate_type = i.aggregate_type
                            and d.aggregate_id = i.aggregate_id and d.status = 'PARKED')
       where i.sequence < excluded.sequence or i.parked`,
      [this.durable],
    );
    return changed;
  }
}
