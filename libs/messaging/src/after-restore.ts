import { ownStreams } from '@okienko/contracts/broker-permissions';
import type { Service } from '@okienko/contracts/event';
import { topology } from '@okienko/contracts/streams';
import type { Sql } from './gap-reader';
import type { Broker } from './jetstream';
import { branchedFrom, eachOf, hasForgotten, noteLineage, type Stray, strayEvents } from './lineage';
import { planChanges } from './topology-plan';

export interface AfterRestoreSettings {
  readonly service: Service;
  readonly namespace: string;
  readonly replicas: number;
  /** Without it only says what would be done. */
  readonly apply: boolean;
  /** The operator says that the database is at its last commit; else only the streams can prove it. */
  readonly complete: boolean;
  /** Numbers that may have been given to partners in the lost time, where nothing tells. */
  readonly numbers: number;
  /** What was found before anything was changed anywhere: the streams that one service makes anew are the witnesses of others. */
  readonly seen?: AfterRestored | undefined;
  /** Ids of events that other services have lost. */
  readonly lostElsewhere: readonly string[];
  /** What else in the service's database has to follow. */
  readonly follow?: Follow | undefined;
}

/** `numbers`: so many events may have been dealt with in the time that was lost. Says what it changed. */
export type Follow = (sql: Sql, numbers: number) => Promise<Readonly<Record<string, number>>>;

export interface AfterRestored {
  readonly service: Service;
  /** `same`: the database is the one that published last. `complete`: another, at its last commit. `earlier`: it was taken back in time, or nothing proves the contrary. */
  readonly database: 'same' | 'complete' | 'earlier';
  /** Events on the stream that the database has lost: what they tell of has to be done again. */
  readonly lost: readonly Stray[];
  /** Events that were delivered to the service and that its inbox does not know; undefined where the broker cannot tell. */
  readonly unheard: number | undefined;
  /** At most so many events were dealt with in the time that was lost, of whatever type; undefined as above. */
  readonly atMost: number | undefined;
  /** Of the events that others have lost, those that this service has already acted on. */
  readonly heardOfLost: number;
  /** Names of streams and durables that are made, or made anew. */
  readonly made: readonly string[];
  /** The place in the outbox from which on everything is said again. */
  readonly saysFrom?: string;
  readonly followed?: Readonly<Record<string, number>>;
  readonly applied: boolean;
}

export class StillRunning extends Error {}

const unknown = { unheard: undefined, atMost: undefined } as const;

/** Days that a stream reaches back. */
const streamDays = 14;

/**
 * After a restore of the service's database, of the broker, or of both, and before the service starts: makes the broker follow the database.
 * PostgreSQL is the record. Streams cannot be cut short at their end, so one that tells of what the database no longer knows is made anew and
 * filled from the outbox; who reads it gets everything once more and knows by its own inbox what it has had.
 * `sql` is one connection, which nobody else uses.
 */
export const afterRestore = (sql: Sql, broker: Broker, settings: AfterRestoreSettings): Promise<AfterRestored> =>
  new Restored(sql, broker, settings).run();

class Restored {
  private readonly streams: readonly string[];

  constructor(
    private readonly sql: Sql,
    private readonly broker: Broker,
    private readonly settings: AfterRestoreSettings,
  ) {
    this.streams = ownStreams(settings.namespace, settings.service);
  }

  /** While it holds the relay's lock no replica leads; and one that ran would have it. */
  async run(): Promise<AfterRestored> {
    const lock = `hashtext('okienko outbox relay'), hashtext(current_schema())`;
    const [row] = await this.sql.query<{ free: boolean }>(`select pg_try_advisory_lock(${lock}) as free`);
    if (!row?.free) throw new StillRunning(`${this.settings.service} is running: stop all its replicas first.`);
    try {
      return await this.lookAndFollow();
    } finally {
      await this.sql.query(`select pg_advisory_unlock(${lock})`);
    }
  }

  private async lookAndFollow(): Promise<AfterRestored> {
    const { namespace, apply, numbers, follow, seen } = this.settings;
    const { manager } = this.broker;
    const report = { ...(seen ?? (await this.look())), applied: apply };
    const { database, atMost } = report;
    if (!apply) return report;

    let saysFrom: string | undefined;
    let followed: AfterRestored['followed'];
    await this.sql.query('begin');
    try {
      if (database === 'earlier') saysFrom = await this.sayAgain();
      if (follow) followed = await follow(this.sql, database === 'earlier' ? (atMost ?? numbers) : 0);
      await this.sql.query('commit');
    } catch (error) {
      await this.sql.query('rollback');
      throw error;
    }
    if (database === 'earlier') await this.clearAway();
    const changes = await planChanges(manager, namespace, this.settings.replicas);
    for (const change of changes) await change.apply();
    // Last: killed before, the command begins again.
    await noteLineage(this.sql);
    return {
      ...report,
      made: changes.map(({ what }) => what),
      ...(saysFrom !== undefined && { saysFrom }),
      ...(followed && { followed }),
    };
  }

  private async look(): Promise<AfterRestored> {
    const { service, complete, lostElsewhere } = this.settings;
    const { manager } = this.broker;
    const branched = (await branchedFrom(this.sql)) !== undefined;
    const missing = await this.missing();
    const isThere = missing.length === 0;
    const lost = isThere && branched ? await strayEvents(this.sql, manager, this.streams) : [];
    const { unheard, atMost } = branched ? (isThere ? await this.unheard() : unknown) : { unheard: 0, atMost: 0 };
    const proven = isThere && unheard === 0 && !(await hasForgotten(this.sql, manager, this.streams));
    const database = !branched ? 'same' : lost.length === 0 && (proven || complete) ? 'complete' : 'earlier';
    return {
      service,
      database,
      lost,
      unheard,
      atMost,
      heardOfLost: await this.heardOf(lostElsewhere),
      made: database === 'earlier' ? this.ownPlaces() : missing,
      applied: false,
    };
  }

  private async missing(): Promise<string[]> {
    const changes = await planChanges(this.broker.manager, this.settings.namespace, this.settings.replicas);
    const mine = this.ownPlaces();
    return changes
      .filter(({ what, differences }) => differences === 'new' && mine.includes(what))
      .map(({ what }) => what);
  }

  /** Its own streams, and the durables by which it reads those of others. */
  private ownPlaces(): string[] {
    return [
      ...this.streams.map((stream) => `stream ${stream}`),
      ...this.durables().map(({ durable }) => `consumer ${durable}`),
    ];
  }

  private durables() {
    return topology(this.settings.namespace).consumers.filter(({ service }) => service === this.settings.service);
  }

  /** Counted backwards from what was delivered last, until a piece is known from its beginning to its end. */
  private async unheard(): Promise<Pick<AfterRestored, 'unheard' | 'atMost'>> {
    const piece = 512;
    const ids = new Set<string>();
    // A type may have been heard for the first time in the lost time.
    const all = new Set<string>();
    for (const { stream, durable } of this.durables()) {
      const { delivered } = await this.broker.manager.consumers.info(stream, durable);
      const types = await this.sql.query<{ type: string }>(
        'select distinct aggregate_type as type from inbox_position where consumer = $1',
        [durable],
      );
      const heard = new Set(types.map(({ type }) => type));
      // It is a new one, which knows nothing of the lost time.
      if (types.length > 0 && delivered.stream_seq === 0) return unknown;
      for (let to = delivered.stream_seq, isKnown = false; to > 0 && !isKnown; to -= piece) {
        isKnown = true;
        await eachOf(this.broker.manager, stream, to - piece + 1, to, async (events) => {
          const wanted = new Set(
            events.filter(({ aggregateType }) => heard.has(aggregateType)).map(({ event }) => event.id),
          );
          const notHad = await this.sql.query<{ id: string }>(
            `select id::text as id from unnest($2::uuid[]) as id where not exists (select from inbox i where i.consumer = $1 and i.event_id = id)`,
            [durable, events.map(({ event }) => event.id)],
          );
          for (const { id } of notHad) all.add(id);
          for (const { id } of notHad.filter((one) => wanted.has(one.id))) {
            ids.add(id);
            isKnown = false;
          }
          // Nothing by which to know that the lost time ends here.
          if (wanted.size === 0) isKnown = false;
        });
      }
    }
    return { unheard: ids.size, atMost: all.size };
  }

  private async heardOf(ids: readonly string[]): Promise<number> {
    if (ids.length === 0) return 0;
    const [row] = await this.sql.query<{ count: number }>(
      'select count(distinct event_id)::int as count from inbox where event_id = any($1::uuid[])',
      [ids],
    );
    return row?.count ?? 0;
  }

  /** The relay begins where the outbox has what a stream keeps. */
  private async sayAgain(): Promise<string> {
    const [row] = await this.sql.query<{ low: string }>(
      `update outbox_relay set low = least(low, coalesce(
         (select min(seq) - 1 from outbox where created_at > now() - $1 * interval '1 day'), low)) returning low::text as low`,
      [streamDays],
    );
    await this.sql.query('delete from outbox_stream');
    return row?.low ?? '0';
  }

  private async clearAway(): Promise<void> {
    const { manager } = this.broker;
    for (const stream of this.streams) await manager.streams.delete(stream).catch(unlessAbsent);
    for (const { stream, durable } of this.durables())
      await manager.consumers.delete(stream, durable).catch(unlessAbsent);
  }
}

function unlessAbsent(error: unknown): boolean {
  if (/not found/i.test((error as Error).message)) return false;
  throw error;
}
