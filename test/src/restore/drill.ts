import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { aggregateOf } from '@okienko/contracts/event';
import type { Closing } from '@okienko/local/closing';
import { inventResident } from '@okienko/local/resident';
import { prepareStreams } from '@okienko/local/services';
import { eventually } from '@okienko/testing/eventually';
import { Chance } from '../chance';
import { countOf, type Finding, kinds } from '../chaos/checker/finding';
import type { Received } from '../chaos/checker/reception';
import { committedSoFar, drained, inspectSystem, readOutboxes } from '../chaos/system/inspect-system';
import { Load } from '../chaos/system/load';
import { prepareWorld, subscriptions, type World } from '../chaos/system/world';
import { missingOf } from './acknowledged';
import { City } from './city';
import { judgeCursor, judgePartner } from './partners';

export const variants = ['postgres', 'nats', 'both', 'earlier', 'control'] as const;
export type Variant = (typeof variants)[number];

const goalMinutes = 10;
export const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Outcome {
  readonly variant: Variant;
  readonly committed: number;
  /** Acts that somebody was told had succeeded, and that are gone. */
  readonly ackedLost: number;
  /** Events that after-restore reports as lost. */
  readonly reported: number;
  readonly seconds: number;
  readonly findings: readonly Finding[];
}

interface Settings {
  readonly seed: number;
  readonly seconds: number;
  readonly rows: number;
  readonly keeps: boolean;
}

/** One city, lost and brought back again and again. */
export class Drill {
  private readonly began = Date.now();
  private readonly chance: Chance;
  private readonly received: Received[][] = [];
  private readonly lost = new Set<string>();
  private city!: City;
  private world!: World;
  private load: Load | undefined;

  constructor(
    private readonly closing: Closing,
    private readonly settings: Settings,
  ) {
    this.chance = new Chance(settings.seed);
  }

  async run(asked: readonly Variant[]): Promise<boolean> {
    const { seed, rows, keeps } = this.settings;
    say(`Seed ${seed}. Starting PostgreSQL with a backup that every commit waits for, NATS, four services …`);
    this.city = await City.start(this.closing, say, keeps);
    const { city } = this;
    for (const partner of city.partners) {
      const list: Received[] = [];
      this.received.push(list);
      partner.onReceived(({ id, verified, type, subject, sequence = 0, place = 0, digest }) =>
        list.push({ id, verified, digest, aggregate: `${aggregateOf(type)} ${subject}`, sequence, place }),
      );
    }
    this.world = await prepareWorld(city);
    const megabytes = await this.fill(rows);
    if (rows > 0) await city.takeBase();
    this.tell(`all is up, ${megabytes} MB; the load begins`);
    const outcomes: Outcome[] = [];
    for (const variant of asked) {
      const outcome = await this.one(variant);
      outcomes.push(outcome);
      this.tell(
        `${variant}: ${outcome.committed} events, ${outcome.ackedLost} acknowledged acts gone, ${outcome.reported} events reported as lost, ready after ${outcome.seconds.toFixed(1)} s, ` +
          (outcome.findings.length === 0
            ? 'all agree'
            : kinds
                .flatMap((kind) =>
                  countOf(outcome.findings, kind) > 0 ? `${countOf(outcome.findings, kind)} ${kind}` : [],
                )
                .join(', ')),
      );
      if (variant !== 'control' || outcome.findings.length === 0)
        for (const { kind, what } of outcome.findings.slice(0, 6)) say(`           ${kind}: ${what}`);
    }
    return this.conclude(outcomes, megabytes);
  }

  private async one(variant: Variant): Promise<Outcome> {
    const { city } = this;
    await this.work(this.settings.seconds * 1000);
    const base = city.newestBase();
    let from = Date.now();
    let reported = 0;
    let excused = new Set<string>();
    if (variant === 'postgres') {
      // The services live through it.
      await city.loseDatabase();
      from = Date.now();
      say(`           ${await city.restoreDatabase()}`);
    } else {
      const moment = new Date();
      // Nobody may be told anything between the moment and its loss that the drill would have to know.
      if (variant === 'earlier' || variant === 'control') await pause(this.settings.seconds * 1000);
      this.load?.stop().catch(() => undefined);
      if (variant !== 'nats') await city.loseDatabase();
      await city.killServices();
      from = Date.now();
      if (variant === 'nats' || variant === 'both') await city.loseBroker();
      if (variant !== 'nats') say(`           ${await city.restoreDatabase(variant === 'both' ? undefined : moment)}`);
      if (variant === 'nats' || variant === 'both') await city.startBroker();
      if (variant === 'earlier' || variant === 'control') excused = await this.excuse(moment);
      if (variant === 'control') await this.pretend();
      else {
        const done = await city.afterRestore(
          variant === 'earlier' ? 'elsewhere' : 'here',
          ...(variant === 'both' ? ['--complete'] : []),
        );
        reported = done.lost;
        say(done.said.replaceAll(/^/gm, '           '));
        if (reported > 0)
          for (const line of readFileSync(city.lostFile, 'utf8').trim().split('\n'))
            this.lost.add((JSON.parse(line) as { id: string }).id);
      }
      await city.startServices();
    }
    await this.accepts();
    const seconds = (Date.now() - from) / 1000;
    if (variant !== 'nats') await city.backedUp(base);
    await this.work(this.settings.seconds * 1000);
    await this.load?.stop();
    this.load = undefined;
    await drained(city, say, variant === 'control' ? 15_000 : 60_000);
    const gone = (await missingOf(city.api.told, city.admin)).filter(
      ({ id, version }) => !excused.has(`${id} ${version}`),
    );
    return {
      variant,
      committed: await committedSoFar(city.admin),
      ackedLost: gone.length,
      reported,
      seconds,
      findings: await this.judged(variant === 'control' ? 1 : 4),
    };
  }

  private async work(milliseconds: number): Promise<void> {
    if (!this.load) {
      this.load = new Load(this.city.api, this.world, new Chance(this.chance.below(1_000_000)), 12);
      this.load.start(4);
    }
    await pause(milliseconds * this.chance.between(0.7, 1.3));
  }

  /** Acts that were taken back on purpose are not owed. */
  private async excuse(moment: Date): Promise<Set<string>> {
    const gone = await missingOf(this.city.api.told, this.city.admin);
    this.tell(`taken back to ${moment.toISOString()}: ${gone.length} acknowledged acts are gone on purpose`);
    return new Set(gone.map(({ id, version }) => `${id} ${version}`));
  }

  /** The control: somebody who makes the guard believe that all is well, and starts without after-restore. */
  private async pretend(): Promise<void> {
    for (const service of ['catalogue', 'cases', 'providers', 'notifications'])
      await this.city.admin.query(`update ${service}.outbox_relay set lineage = null`);
    await prepareStreams(this.city.brokerAddress);
  }

  /** Until somebody at the desk can go on. */
  private async accepts(): Promise<void> {
    const { email, ...resident } = inventResident();
    await eventually(
      () =>
        this.city.api.post('desk-anna', 'cases', '/persons', {
          givenName: resident.givenName,
          familyName: resident.familyName,
          birthDate: resident.birthDate,
          terc: '2861011',
          contact: { email, language: 'pl', form: 'STANDARD' },
        }),
      60_000,
    );
  }

  /** Ballast: so many rows of a kilobyte; a case has some eight. */
  private async fill(rows: number): Promise<number> {
    const { admin } = this.city;
    if (rows > 0) {
      await admin.query('create table ballast (id bigint primary key, held text not null)');
      await admin.query(
        `insert into ballast select n, (select string_agg(md5(n::text || i), '') from generate_series(1, 32) i) from generate_series(1, $1::int) n`,
        [rows],
      );
      await admin.query('checkpoint');
    }
    const { rows: found } = await admin.query<{ size: number }>(
      `select (pg_database_size('okienko') / 1048576)::int as size`,
    );
    return found[0]?.size ?? 0;
  }

  /** Outboxes are read before states, and mails go on going out: what a later look does not find was only under way. */
  private async judged(looks: number): Promise<Finding[]> {
    const findings = await this.judge();
    if (findings.length === 0 || looks <= 1) return findings;
    await pause(4_000);
    return this.judged(looks - 1);
  }

  private async judge(): Promise<Finding[]> {
    const { city } = this;
    const findings = [...(await inspectSystem(city, { poisoned: [] }, [], [])).findings];
    const committed = await readOutboxes(city.admin);
    for (const [index, subscription] of subscriptions.entries()) {
      const received = this.received[index] ?? [];
      const cursor = Math.max(0, ...received.map(({ place }) => place));
      const read = await judgeCursor(city.api, `partner-${index}`, subscription.name, cursor);
      findings.push(...judgePartner(subscription, committed, received, this.lost), ...read.findings);
    }
    return findings;
  }

  private tell(line: string): void {
    say(`${((Date.now() - this.began) / 1000).toFixed(0).padStart(5)} s    ${line}`);
  }

  private conclude(outcomes: readonly Outcome[], megabytes: number): boolean {
    const proofs = outcomes.filter(({ variant }) => variant !== 'control');
    const control = outcomes.find(({ variant }) => variant === 'control');
    const sum = (of: (outcome: Outcome) => number): number => proofs.reduce((total, outcome) => total + of(outcome), 0);
    const figures = {
      rpoEvents: sum(({ ackedLost }) => ackedLost),
      rtoMinutes: Number((Math.max(0, ...proofs.map(({ seconds }) => seconds)) / 60).toFixed(2)),
      megabytes,
      committed: outcomes.at(-1)?.committed ?? 0,
      ...Object.fromEntries(kinds.map((kind) => [kind, sum(({ findings }) => countOf(findings, kind))])),
      reportedLost: sum(({ reported }) => reported),
      controlFindings: control?.findings.length,
      variants: Object.fromEntries(
        outcomes.map(({ variant, seconds, findings }) => [
          variant,
          { seconds: Number(seconds.toFixed(1)), findings: findings.length },
        ]),
      ),
      seconds: Math.round((Date.now() - this.began) / 1000),
      seed: this.settings.seed,
    };
    say('');
    const faults = [
      figures.rpoEvents > 0 && 'Acts that were acknowledged are gone.',
      proofs.some(({ findings }) => findings.length > 0) && 'Not everything agrees.',
      figures.rtoMinutes > goalMinutes && `The restore took more than ${goalMinutes} minutes.`,
      control?.findings.length === 0 && 'Without after-restore nothing was found either: the checker does not bite.',
    ].filter((fault) => fault !== false);
    for (const fault of faults) say(fault);
    console.log(JSON.stringify(figures));
    return faults.length === 0;
  }
}
