import { Controller, Injectable, Module } from '@nestjs/common';
import { ServiceConfig } from '@okienko/chassis/config';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import { type CloudEvent, type DomainEvent, event, type Service } from '@okienko/contracts/event';
import { providerRegisteredV1 } from '@okienko/contracts/providers/provider-registered.v1';
import { On } from '@okienko/messaging/on';
import { messagingTables } from '@okienko/messaging/tables';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { EntitySchema, type MigrationInterface, type QueryRunner } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { registeredV2, registeredV3 } from './later-versions';
import { type ServiceUnderTest, startForTest } from './service-test';

// The registry as it will be when the second version is published beside the first.
jest.mock('@okienko/contracts/events', () => {
  const { events } = jest.requireActual<{ events: readonly object[] }>('@okienko/contracts/events');
  return { events: [...events, jest.requireActual<{ registeredV2: object }>('./later-versions').registeredV2] };
});

class Provider {
  readonly version!: number;
  constructor(readonly id: string) {}
}

const providerMapping = new EntitySchema<Provider>({
  name: 'Provider',
  target: Provider,
  tableName: 'provider',
  columns: { id: { type: 'uuid', primary: true }, version: { type: 'int' } },
});

@Injectable()
class Notes {
  constructor(private readonly work: UnitOfWork) {}
  note({ type, subject, sequence, data }: CloudEvent): Promise<void> {
    return this.work.run(async ({ query }) => {
      const version = Number(/\d+$/.exec(type)?.[0]);
      await query('insert into noted (provider, version, sequence, data) values ($1, $2, $3, $4)', [
        subject,
        version,
        Number(sequence),
        JSON.stringify(data),
      ]);
    });
  }
}

@Controller()
class ReaderOfV1 {
  constructor(private readonly notes: Notes) {}
  @On(providerRegisteredV1) registered(of: CloudEvent): Promise<void> {
    return this.notes.note(of);
  }
}

@Controller()
class ReaderOfV2 {
  constructor(private readonly notes: Notes) {}
  @On(registeredV2) registered(of: CloudEvent): Promise<void> {
    return this.notes.note(of);
  }
}

class Create1764748800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of messagingTables()) await runner.query(sql);
    await runner.query('create table provider (id uuid primary key, version int not null)');
    await runner.query(
      'create table noted (n bigint generated always as identity, provider uuid, version int, sequence int, data jsonb)',
    );
  }
  async down(): Promise<void> {}
}

let work: UnitOfWork;
@Injectable()
class Desk {
  constructor(ours: UnitOfWork) {
    work = ours;
  }
}

@Module({ providers: [Desk] })
class Producer {}
@Module({ controllers: [ReaderOfV1], providers: [Notes] })
class OldReader {}
@Module({ controllers: [ReaderOfV2], providers: [Notes] })
class NewReader {}

const definition = (name: Service, module: ServiceDefinition['module']): ServiceDefinition => ({
  name,
  module,
  config: ServiceConfig,
  mappings: [providerMapping],
  migrations: [Create1764748800000],
});

const v1 = (id: string): DomainEvent => event(providerRegisteredV1, id, { kind: 'NGO' });
const v2 = (id: string): DomainEvent => event(registeredV2, id, { kinds: ['NGO', 'COMPANY'] });

describe('two versions of one event side by side', () => {
  let producer: ServiceUnderTest;
  let old: ServiceUnderTest;
  let fresh: ServiceUnderTest;

  beforeAll(async () => {
    producer = await startForTest(definition('providers', Producer));
    const together = { EVENT_NAMESPACE: producer.namespace };
    old = await startForTest(definition('catalogue', OldReader), together);
    fresh = await startForTest(definition('cases', NewReader), together);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([old, fresh].map((reader) => reader.stop()));
    await producer.stop();
  });

  /** One act of the producer: the versions that it states, in one transaction. */
  const act = (id: string, ...facts: [DomainEvent, ...DomainEvent[]]): Promise<void> =>
    work.run(async ({ load, save, query }) => {
      const [known] = await query('select 1 from provider where id = $1', [id]);
      await save(known ? await load(Provider, id) : new Provider(id), ...facts);
    });
  const noted = (reader: ServiceUnderTest, id: string) =>
    reader.sql<{ version: number; sequence: number }>(
      'select version, sequence from noted where provider = $1 order by n',
      [id],
    );
  /** How far a reader has come with the provider, and that nothing was parked on the way. */
  const arrivedAt = (id: string, sequence: number): Promise<unknown> =>
    Promise.all(
      [old, fresh].map((reader) =>
        reader.eventually(async () => {
          expect(await reader.sql('select sequence from inbox_position where aggregate_id = $1', [id])).toEqual([
            { sequence },
          ]);
          expect(await reader.sql('select reason, error from dead_letter')).toEqual([]);
        }),
      ),
    );

  test('each has its own place in the aggregate, and each reader sees its version once and in order', async () => {
    const id = uuidv7();
    await act(id, v1(id));
    await act(id, v1(id), v2(id));
    await act(id, v1(id), v2(id));
    await act(id, v2(id));
    await arrivedAt(id, 6);
    const wire = producer.events().filter(({ subject }) => subject === id);
    expect(wire.map(({ type, sequence }) => [type.slice(-2), Number(sequence)])).toEqual([
      ['v1', 1],
      ['v1', 2],
      ['v2', 3],
      ['v1', 4],
      ['v2', 5],
      ['v2', 6],
    ]);
    const each = (version: number, ...sequences: number[]) => sequences.map((sequence) => ({ version, sequence }));
    expect(await noted(old, id)).toEqual(each(1, 1, 2, 4));
    expect(await noted(fresh, id)).toEqual(each(2, 3, 5, 6));
  }, 20_000);

  test('a version that is younger than a reader is passed over, and the next event is handled', async () => {
    const id = uuidv7();
    await producer.publish(v1(id), { sequence: 1 });
    await producer.publish(event(registeredV3, id, { anything: 1 }), { sequence: 2 });
    await producer.publish(v2(id), { sequence: 3 });
    await producer.publish(v1(id), { sequence: 4 });
    await arrivedAt(id, 4);
    expect([await noted(old, id), await noted(fresh, id)]).toEqual([
      [
        { version: 1, sequence: 1 },
        { version: 1, sequence: 4 },
      ],
      [{ version: 2, sequence: 3 }],
    ]);
  }, 20_000);

  test('a body of the one version under the name of the other is no event of it: it is refused with the command', async () => {
    const id = uuidv7();
    await expect(act(id, { ...v2(id), data: { kind: 'NGO' } })).rejects.toThrow(/v2 does not match its contract/);
    expect(await producer.sql('select 1 from provider where id = $1', [id])).toEqual([]);
  });
});
