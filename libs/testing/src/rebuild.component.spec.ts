import { Controller, Inject, Injectable, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { loadConfig, ServiceConfig } from '@okienko/chassis/config';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { rebuildProjection } from '@okienko/chassis/rebuild-service';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import { applicationSubmittedV1, type ApplicationSubmittedV1 } from '@okienko/contracts/cases/application-submitted.v1';
import { type CloudEvent, envelope, event, subjectOf } from '@okienko/contracts/event';
import { freshContext } from '@okienko/messaging/context';
import { dataSource } from '@okienko/messaging/data-source';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { On } from '@okienko/messaging/on';
import type { Projection } from '@okienko/messaging/projection';
import { RawPublisher } from '@okienko/messaging/raw-publisher';
import type { Rebuilt } from '@okienko/messaging/rebuild';
import { replay } from '@okienko/messaging/replay';
import { messagingTables } from '@okienko/messaging/tables';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { type ServiceUnderTest, startForTest } from './service-test';

/** `REBUILD_ROWS=1000000 npm run component -w @okienko/testing -- rebuild` is the long form. */
const rows = Number(process.env['REBUILD_ROWS'] ?? 10_000);
const minutes = 60_000 * Math.max(2, rows / 20_000);
const subject = 'cases.application.submitted.v1';

@Injectable()
class Copies {
  constructor(private readonly work: UnitOfWork) {}
  copy({ subject: id, sequence, data }: CloudEvent<ApplicationSubmittedV1>): Promise<unknown> {
    return this.work.run(async ({ query }) => {
      await query(
        `insert into application_copy (id, channel, sequence) values ($1, $2, $3)
         on conflict (id) do update set channel = excluded.channel, sequence = excluded.sequence`,
        [id, data.channel, Number(sequence)],
      );
      if (data.channel === 'EMAIL') await query('insert into elsewhere values ($1)', [id]);
    });
  }
}

@Controller()
class CopyConsumer {
  constructor(private readonly copies: Copies) {}
  @On(applicationSubmittedV1) submitted(of: CloudEvent<ApplicationSubmittedV1>): Promise<unknown> {
    return this.copies.copy(of);
  }
}

/** Stands for the workers of a service. */
@Injectable()
class Restless implements OnApplicationBootstrap {
  static begun = 0;
  constructor(@Inject(LOGGER) readonly log: Logger) {}
  onApplicationBootstrap(): void {
    Restless.begun += 1;
  }
}

@Module({ controllers: [CopyConsumer], providers: [Copies, Restless] })
class CopyModule {}

class Create1764748800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of messagingTables()) await runner.query(sql);
    await runner.query(
      'create table application_copy (id uuid primary key, channel text not null, sequence int not null, note text)',
    );
    await runner.query('create index application_copy_by_channel on application_copy (channel)');
    await runner.query('create table elsewhere (id uuid primary key)');
  }
  async down(): Promise<void> {}
}

const projection: Projection = {
  name: 'applications',
  owner: 'cases',
  aggregates: ['application'],
  tables: [{ name: 'application_copy', own: ['note'] }],
};
const definition: ServiceDefinition = {
  name: 'providers',
  module: CopyModule,
  config: ServiceConfig,
  mappings: [],
  migrations: [Create1764748800000],
  projections: [projection],
};

describe('a local copy', () => {
  let service: ServiceUnderTest;
  let broker: Broker;
  let publisher: RawPublisher;

  beforeAll(async () => {
    service = await startForTest(definition);
    broker = await openBroker(process.env['TEST_NATS_URL'] ?? '', 'rebuild test');
    publisher = new RawPublisher(broker.connection);
  }, 60_000);
  afterAll(async () => {
    await broker.connection.close();
    await service.stop();
  });

  const submitted = (id: string, channel: ApplicationSubmittedV1['channel'] = 'DESK') =>
    event(applicationSubmittedV1, id, {
      personId: id,
      applicantRole: 'PERSON',
      channel,
      filedAt: '2026-01-02T03:04:05.000Z',
      items: [],
    });
  const bodyOf = (id: string, sequence: number, channel?: ApplicationSubmittedV1['channel']): string =>
    JSON.stringify(envelope(submitted(id, channel), sequence, new Date(), freshContext()));
  const publish = async (bodies: readonly string[]): Promise<void> => {
    const messages = bodies.map((body) => ({
      subject: `${service.namespace}.${subjectOf(applicationSubmittedV1)}`,
      body,
      messageId: (JSON.parse(body) as { id: string }).id,
      aggregate: (JSON.parse(body) as { subject: string }).subject,
    }));
    const { failure } = await publisher.publish(messages);
    if (failure) throw failure;
  };
  const rebuild = (options: { swap?: boolean; replay?: string; of?: Projection } = {}): Promise<Rebuilt> => {
    const config = loadConfig(ServiceConfig, {
      DATABASE_URL: service.database.migrate,
      NATS_URL: process.env['TEST_NATS_URL'],
      EVENT_NAMESPACE: service.namespace,
      OIDC_ISSUER: service.issuer.url,
    });
    const { swap = false, of = projection, ...rest } = options;
    return rebuildProjection(definition, config, { ...rest, projection: of, swap, say: () => undefined });
  };
  const heard = async (): Promise<number> =>
    (await service.sql<{ n: number }>('select count(*)::int as n from application_copy'))[0]?.n ?? 0;

  test(
    'is made anew beside the live one and found equal, while events go on',
    async () => {
      for (let done = 0; done < rows; done += 1_000)
        await publish(Array.from({ length: Math.min(1_000, rows - done) }, () => bodyOf(uuidv7(), 1)));
      await service.eventually(async () => expect(await heard()).toBe(rows), minutes);
      let going = true;
      const known = uuidv7();
      let sequence = 0;
      const goingOn = (async () => {
        while (going) {
          await publish([bodyOf(uuidv7(), 1), bodyOf(known, (sequence += 1))]);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      })();
      const began = Date.now();
      const rebuilt = await rebuild().finally(() => {
        going = false;
        return goingOn;
      });
      const seconds = (Date.now() - began) / 1000;
      const [table] = rebuilt.tables;
      process.stdout.write(`${table?.rows} rows from ${rebuilt.events} events rebuilt and compared in ${seconds} s\n`);
      expect(rebuilt).toMatchObject({ equal: true, behind: 0, tables: [{ missing: 0, surplus: 0, different: 0 }] });
      expect(table?.digests.live).toBe(table?.digests.rebuilt);
      expect(table?.rows).toBeGreaterThan(rows);
      expect(sequence).toBeGreaterThan(3);
    },
    minutes * 2,
  );

  test(
    'that has been damaged is found by the digest and cured by the swap, and follows the next events',
    async () => {
      const [one, two, three] = (
        await service.sql<{ id: string }>('select id from application_copy where sequence = 1 order by id limit 3')
      ).map(({ id }) => id);
      await service.sql(`update application_copy set channel = 'POST', note = 'ours' where id = $1`, [one]);
      await service.sql('delete from application_copy where id = $1', [two]);
      await service.sql(`insert into application_copy (id, channel, sequence) values ($1, 'DESK', 1)`, [uuidv7()]);
      await service.sql(`update application_copy set note = 'ours' where id = $1`, [three]);
      const found = { equal: false, tables: [{ missing: 1, surplus: 1, different: 1 }] };
      expect(await rebuild()).toMatchObject(found);
      expect(await rebuild({ swap: true })).toMatchObject({ ...found, changed: 3 });
      expect(await rebuild()).toMatchObject({ equal: true });
      const notes = await service.sql('select note from application_copy where id = any ($1) order by id', [
        [one, three],
      ]);
      expect(notes).toEqual([{ note: 'ours' }, { note: 'ours' }]);
      await publish([bodyOf(one ?? '', 2, 'PHONE')]);
      await service.eventually(async () =>
        expect(await service.sql('select channel, sequence from application_copy where id = $1', [one])).toEqual([
          { channel: 'PHONE', sequence: 2 },
        ]),
      );
    },
    minutes,
  );

  test(
    'whose handlers write more than it declares is not made: nothing outside of it is touched',
    async () => {
      const id = uuidv7();
      await publish([bodyOf(id, 1, 'EMAIL')]);
      await service.eventually(async () =>
        expect(await service.sql('select from elsewhere where id = $1', [id])).toHaveLength(1),
      );
      await expect(rebuild({ swap: true })).rejects.toThrow(/relation "elsewhere" does not exist/);
    },
    minutes,
  );

  test(
    'of a service that came later is filled from the archive of the owner, from the beginning of history',
    async () => {
      const url = new URL(process.env['TEST_DATABASE_URL'] ?? '');
      url.pathname = new URL(service.database.migrate).pathname;
      const owner = await dataSource({
        url: url.href,
        mappings: [],
        migrations: [],
        name: 'owner',
        schema: 'cases',
      }).initialize();
      for (const sql of messagingTables()) await owner.query(sql);
      const whole = { ...projection, tables: [...projection.tables, { name: 'elsewhere' }] };
      const [early, late] = [uuidv7(), uuidv7()];
      const history = [bodyOf(early, 1), bodyOf(early, 2, 'PHONE'), bodyOf(late, 1)];
      // The stream has only the end of the history.
      for (const [index, body] of history.entries())
        await owner.query(
          `insert into outbox (id, aggregate_type, aggregate_id, sequence, subject, event) values ($1, 'application', $2, $3, $4, $5)`,
          [(JSON.parse(body) as { id: string }).id, index < 2 ? early : late, index < 2 ? index + 1 : 1, subject, body],
        );
      await owner.query('update outbox_relay set low = (select max(seq) from outbox)');
      await publish([bodyOf(early, 3, 'WEB_FORM')]);
      await expect(rebuild({ of: whole })).rejects.toThrow(/does not reach back so far/);
      const run = uuidv7();
      const settings = { namespace: service.namespace, to: 'providers', run, say: () => undefined };
      expect(await replay(owner, broker, { ...settings, aggregates: ['application'] })).toBe(3);
      expect(await replay(owner, broker, { ...settings, run: uuidv7(), ids: [late] })).toBe(1);
      const tomorrow = new Date(Date.now() + 24 * 60 * 60 * 1000);
      expect(await replay(owner, broker, { ...settings, run: uuidv7(), since: tomorrow })).toBe(0);
      const rebuilt = await rebuild({ of: whole, replay: run, swap: true });
      expect(rebuilt).toMatchObject({ equal: false, behind: 2, tables: [{ missing: 2 }, { missing: 0 }], changed: 2 });
      const copies = await service.sql(
        'select channel, sequence from application_copy where id = any ($1) order by id',
        [[early, late]],
      );
      expect(copies).toEqual([
        { channel: 'WEB_FORM', sequence: 3 },
        { channel: 'DESK', sequence: 1 },
      ]);
      await publish([bodyOf(early, 4, 'DESK')]);
      await service.eventually(async () =>
        expect(await service.sql('select sequence from application_copy where id = $1', [early])).toEqual([
          { sequence: 4 },
        ]),
      );
      await owner.destroy();
    },
    minutes,
  );

  test('is made by the handlers alone: what runs by itself in a service does not run over the copy', () => {
    expect(Restless.begun).toBe(1);
  });
});
