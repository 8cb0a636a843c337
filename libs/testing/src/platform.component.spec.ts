import { Body, Controller, Get, Injectable, Module, Post } from '@nestjs/common';
import { Allow, Caller, type Principal, Public } from '@okienko/chassis/access';
import { ServiceConfig } from '@okienko/chassis/config';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import { IsTerc, IsText } from '@okienko/chassis/validation';
import { applicationSubmittedV1, type ApplicationSubmittedV1 } from '@okienko/contracts/cases/application-submitted.v1';
import { applicationWithdrawnV1 } from '@okienko/contracts/cases/application-withdrawn.v1';
import { DomainError, NotFound } from '@okienko/contracts/domain-error';
import { type CloudEvent, event } from '@okienko/contracts/event';
import { providerRegisteredV1 } from '@okienko/contracts/providers/provider-registered.v1';
import { Clock } from '@okienko/messaging/clock';
import { dataSource } from '@okienko/messaging/data-source';
import { On } from '@okienko/messaging/on';
import { messagingTables } from '@okienko/messaging/tables';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { EntitySchema, type MigrationInterface, type QueryRunner } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { type ServiceUnderTest, startForTest } from './service-test';

class Body1 {
  @IsTerc() terc!: string;
  @IsText(1, 40) name!: string;
}

class Thing {
  readonly version!: number;
  constructor(
    readonly id: string,
    public name: string,
  ) {}
}

const ThingMapping = new EntitySchema<Thing>({
  name: 'Thing',
  target: Thing,
  tableName: 'thing',
  columns: { id: { type: 'uuid', primary: true }, version: { type: 'int' }, name: { type: 'text' } },
});

class Forbidden7 extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'seven';
  override readonly basis = 'art. 7';
}

@Injectable()
class Things {
  /** How often a note by phone still fails. */
  private failures = 2;
  constructor(private readonly work: UnitOfWork) {}
  create(body: Body1): Promise<Changed> {
    return this.work.run(async ({ save }) => {
      const thing = new Thing(uuidv7(), body.name);
      await save(thing, event(providerRegisteredV1, thing.id, { kind: 'NGO', terc: body.terc }));
      return { id: thing.id, version: thing.version };
    });
  }
  rename(id: string, version: number, name: string): Promise<Changed> {
    return this.work.run(async ({ load, save }) => {
      const thing = await load(Thing, id, version);
      if (name === 'seven') throw new Forbidden7('Not seven.');
      thing.name = name;
      await save(thing, event(providerRegisteredV1, thing.id, { kind: 'NGO' }));
      return { id: thing.id, version: thing.version };
    });
  }
  note(of: CloudEvent<ApplicationSubmittedV1>): Promise<void> {
    return this.work.run(async ({ query }) => {
      if (of.data.channel === 'POST') throw new Forbidden7('Never by post.');
      if (of.data.channel === 'PHONE' && this.failures-- > 0) throw new Error('not now');
      await query('insert into noted (application, sequence) values ($1, $2)', [of.subject, Number(of.sequence)]);
    });
  }
}

@Controller('things')
class ThingsController {
  constructor(private readonly things: Things) {}
  @Post() @Creates() @Allow('desk') create(@Body() body: Body1): Promise<Changed> {
    return this.things.create(body);
  }
  @Post(':id/name') @Acts() @Allow('desk') rename(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: Body1,
  ): Promise<Changed> {
    return this.things.rename(id, version, body.name);
  }
  @Get() @Public() list(@Caller() caller: Principal | undefined): object {
    return { items: [], caller: caller?.sub ?? null };
  }
  @On(applicationSubmittedV1) noted(of: CloudEvent<ApplicationSubmittedV1>): Promise<void> {
    return this.things.note(of);
  }
}

@Module({ controllers: [ThingsController], providers: [Things] })
class ThingsModule {}

class Create1764748800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of messagingTables()) await runner.query(sql);
    await runner.query('create table thing (id uuid primary key, version int not null, name text not null)');
    await runner.query(
      'create table noted (n bigint generated always as identity primary key, application uuid, sequence int, unique (application, sequence))',
    );
  }
  async down(): Promise<void> {}
}

const definition: ServiceDefinition = {
  name: 'providers',
  module: ThingsModule,
  config: ServiceConfig,
  mappings: [ThingMapping],
  migrations: [Create1764748800000],
};
const desk = { sub: 'desk-anna', roles: ['desk'] } as const;
const good = { terc: '2861011', name: 'Żuraw' };

describe('the platform under a service', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startForTest(definition);
  }, 60_000);
  afterAll(() => service.stop());

  const submitted = (subject: string, channel: ApplicationSubmittedV1['channel'] = 'DESK') =>
    event(applicationSubmittedV1, subject, {
      personId: uuidv7(),
      applicantRole: 'PERSON',
      channel,
      filedAt: new Date().toISOString(),
      items: [],
    });
  const noted = async (subject: string): Promise<number[]> =>
    (
      await service.sql<{ sequence: number }>('select sequence from noted where application = $1 order by n', [subject])
    ).map(({ sequence }) => sequence);

  test('a command stores its aggregate, answers with its version and publishes its event', async () => {
    const { status, body, headers } = await service.http<Changed>('POST', '/things', { as: desk, body: good });
    expect([status, body.version, headers.get('etag')]).toEqual([201, 1, '"1"']);
    const published = await service.published('providers.provider.registered.v1', body.id);
    expect(published).toMatchObject({
      specversion: '1.0',
      sequence: '0000000001',
      data: { kind: 'NGO', terc: '2861011' },
    });
    const renamed = await service.http<Changed>('POST', `/things/${body.id}/name`, {
      as: desk,
      body: good,
      ifMatch: 1,
    });
    expect([renamed.status, renamed.body.version]).toEqual([200, 2]);
  });

  test('a repeated key gives the same answer once; another body under it is refused; creation needs one', async () => {
    const first = await service.http<Changed>('POST', '/things', { as: desk, body: good, key: 'k-1' });
    const again = await service.http<Changed>('POST', '/things', { as: desk, body: good, key: 'k-1' });
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(await service.sql('select 1 from outbox where aggregate_id = $1', [first.body.id])).toHaveLength(1);
    expect(
      (await service.http('POST', '/things', { as: desk, body: { ...good, name: 'x' }, key: 'k-1' })).body,
    ).toMatchObject({ status: 422, title: 'Idempotency key reused' });
    expect((await service.http('POST', '/things', { as: desk, body: good, key: null })).status).toBe(400);
    const many = await Promise.all(
      Array.from({ length: 8 }, () => service.http<Changed>('POST', '/things', { as: desk, body: good, key: 'k-2' })),
    );
    expect(new Set(many.filter(({ status }) => status === 201).map(({ body }) => body.id)).size).toBe(1);
    expect(many.every(({ status }) => status === 201 || status === 409)).toBe(true);
  });

  test('every refusal is a problem with a reason', async () => {
    const { body } = await service.http<Changed>('POST', '/things', { as: desk, body: good });
    const rename = (call: object) => service.http('POST', `/things/${body.id}/name`, { as: desk, body: good, ...call });
    const statuses: [string, Promise<{ status: number; headers: Headers; body: object }>][] = [
      ['412', rename({ ifMatch: 9 })],
      ['428', rename({})],
      ['422', rename({ ifMatch: 1, body: { ...good, name: 'seven' } })],
      ['400', rename({ ifMatch: 1, body: { ...good, more: 1 } })],
      ['400', rename({ ifMatch: 1, body: { terc: 7 } })],
      ['404', service.http('POST', '/things/no-id/name', { as: desk, body: good, ifMatch: 1 })],
      ['404', service.http('POST', `/things/${uuidv7()}/name`, { as: desk, body: good, ifMatch: 1 })],
      ['404', service.http('GET', '/nowhere', { as: desk })],
      ['401', service.http('POST', '/things', { body: good })],
      ['401', service.http('GET', '/things', { headers: { Authorization: 'Bearer a.b.c' } })],
      ['403', service.http('POST', '/things', { as: { roles: ['provider'] }, body: good })],
      ['400', service.http('POST', '/things', { as: desk, body: { ...good, name: 'a\0b' } })],
      ['413', service.http('POST', '/things', { as: desk, body: { ...good, name: 'x'.repeat(1_100_000) } })],
      [
        '400',
        fetch(`${service.url}/things`, {
          method: 'POST',
          body: '{"terc":',
          headers: {
            'Content-Type': 'application/json',
            Authorization: `Bearer ${await service.issuer.token(desk)}`,
            'Idempotency-Key': 'z',
          },
        }).then(async (r) => ({ status: r.status, headers: r.headers, body: (await r.json()) as object })),
      ],
      ['404', service.http('GET', '/things/%E0%A4%A', { as: desk })],
      [
        '415',
        fetch(`${service.url}/things`, {
          method: 'POST',
          body: '<a/>',
          headers: {
            'Content-Type': 'application/xml',
            Authorization: `Bearer ${await service.issuer.token(desk)}`,
            'Idempotency-Key': 'z',
          },
        }).then(async (r) => ({ status: r.status, headers: r.headers, body: (await r.json()) as object })),
      ],
    ];
    for (const [expected, answer] of statuses) {
      const { status, headers, body: problem } = await answer;
      expect(`${status} ${headers.get('content-type')} ${JSON.stringify(problem)}`).toMatch(
        new RegExp(`^${expected === '404' ? '40[04]' : expected} application/problem\\+json`),
      );
    }
  });

  test('events of an aggregate are handled once and in order, however they come', async () => {
    const subject = uuidv7();
    await service.publish(submitted(subject), { sequence: 2 });
    await service.publish(submitted(subject), { sequence: 3 });
    const id = await service.publish(submitted(subject), { sequence: 1 });
    await service.publish(submitted(subject), { sequence: 1, id });
    await service.publish(
      event(applicationWithdrawnV1, subject, { itemId: uuidv7(), personId: uuidv7(), offerId: uuidv7() }),
      { sequence: 4 },
    );
    await service.publish(submitted(subject), { sequence: 5 });
    await service.eventually(async () => expect(await noted(subject)).toEqual([1, 2, 3, 5]), 15_000);
  }, 20_000);

  test('a failing handler is tried again, and the later events of its aggregate wait', async () => {
    const subject = uuidv7();
    await service.publish(submitted(subject, 'PHONE'), { sequence: 1 });
    await service.publish(submitted(subject), { sequence: 2 });
    await service.eventually(async () => expect(await noted(subject)).toEqual([1, 2]), 15_000);
  }, 20_000);

  test('an event that can never succeed is parked with those behind it; the operator discards it and the rest follows', async () => {
    const subject = uuidv7();
    const other = uuidv7();
    await service.publish(submitted(subject, 'POST'), { sequence: 1 });
    await service.publish(submitted(subject), { sequence: 2 });
    await service.publish(submitted(other), { sequence: 1 });
    await service.eventually(async () => expect(await noted(other)).toEqual([1]));
    const operator = { sub: 'op', roles: ['operator'] } as const;
    const letters = await service.eventually(async () => {
      const { body } = await service.http<{ items: { id: string; aggregateId: string; reason: string }[] }>(
        'GET',
        '/dead-letters',
        { as: operator },
      );
      const mine = body.items.filter(({ aggregateId }) => aggregateId === subject);
      expect(mine.map(({ reason }) => reason)).toEqual(['REFUSED', 'BEHIND_PARKED']);
      return mine;
    });
    expect((await service.http('POST', `/dead-letters/${letters[0]?.id}/retry`, { as: operator })).status).toBe(422);
    expect(
      (
        await service.http('POST', `/dead-letters/${letters[0]?.id}/discard`, {
          as: operator,
          body: { reason: 'sent by mistake' },
        })
      ).status,
    ).toBe(200);
    expect(await noted(subject)).toEqual([2]);
    await service.publish(submitted(subject), { sequence: 3 });
    await service.eventually(async () => expect(await noted(subject)).toEqual([2, 3]));
  }, 20_000);

  test('without the broker a service starts, answers and keeps what it has to say', async () => {
    const alone = await startForTest(definition, { NATS_URL: 'nats://127.0.0.1:9' });
    try {
      const { status, body } = await alone.http('GET', '/health/ready');
      expect([status, body['events']]).toEqual([200, 'waiting for the broker']);
      const created = await alone.http<Changed>('POST', '/things', { as: desk, body: good });
      expect(created.status).toBe(201);
      expect(await alone.sql('select 1 from outbox where aggregate_id = $1', [created.body.id])).toHaveLength(1);
      expect(alone.events()).toEqual([]);
    } finally {
      await alone.stop();
    }
  }, 30_000);

  test('what is loaded for change is as it has to be, or does not exist', async () => {
    const { body } = await service.http<Changed>('POST', '/things', { as: desk, body: good });
    const source = await dataSource({
      url: service.database.app,
      mappings: [ThingMapping],
      migrations: [],
      name: 'only',
    }).initialize();
    try {
      await new UnitOfWork(source, new Clock()).run(async ({ load }) => {
        const asOther = () => load(Thing, body.id, 7, { name: 'Bocian' });
        await expect(asOther()).rejects.toThrow(NotFound);
        expect(await load(Thing, body.id, 1, { name: good.name })).toMatchObject({ name: good.name });
        // Nor of what this transaction has loaded before.
        await expect(asOther()).rejects.toThrow(NotFound);
      });
    } finally {
      await source.destroy();
    }
  });
});
