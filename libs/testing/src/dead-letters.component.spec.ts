import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Controller, Injectable, Module } from '@nestjs/common';
import { ServiceConfig } from '@okienko/chassis/config';
import type { Page } from '@okienko/chassis/page';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import { applicationSubmittedV1, type ApplicationSubmittedV1 } from '@okienko/contracts/cases/application-submitted.v1';
import { DomainError } from '@okienko/contracts/domain-error';
import { type CloudEvent, event } from '@okienko/contracts/event';
import { checkout } from '@okienko/local/paths';
import { type DeadLetterDetails, type DeadLetterView, masked } from '@okienko/messaging/dead-letter.queries';
import type { Settled } from '@okienko/messaging/dead-letters';
import { On } from '@okienko/messaging/on';
import { messagingTables } from '@okienko/messaging/tables';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { type ServiceUnderTest, startForTest } from './service-test';

class Refused extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'refused';
}

/** What the handler refuses, until it is mended. */
const refused = new Set<string>();

@Injectable()
class Notes {
  constructor(private readonly work: UnitOfWork) {}
  note({ subject, sequence, data }: CloudEvent<ApplicationSubmittedV1>): Promise<void> {
    return this.work.run(async ({ query }) => {
      await query('insert into noted (application, sequence) values ($1, $2)', [subject, Number(sequence)]);
      if (refused.has(data.channel)) throw new Refused(`Not ${data.channel}. Ask anna@example.pl, 600 700 800.`);
    });
  }
}

@Controller()
class NotesConsumer {
  constructor(private readonly notes: Notes) {}
  @On(applicationSubmittedV1) submitted(of: CloudEvent<ApplicationSubmittedV1>): Promise<void> {
    return this.notes.note(of);
  }
}

@Module({ controllers: [NotesConsumer], providers: [Notes] })
class NotesModule {}

class Create1764748800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of messagingTables()) await runner.query(sql);
    await runner.query('create table noted (application uuid, sequence int, primary key (application, sequence))');
  }
  async down(): Promise<void> {}
}

const definition: ServiceDefinition = {
  name: 'providers',
  module: NotesModule,
  config: ServiceConfig,
  mappings: [],
  migrations: [Create1764748800000],
};
const operator = { sub: 'operator-tomasz', roles: ['operator'] } as const;

describe('dead letters', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startForTest(definition);
  }, 60_000);
  afterAll(() => service.stop());
  beforeEach(() => {
    refused.clear();
    refused.add('POST');
  });

  const submitted = (subject: string, channel: ApplicationSubmittedV1['channel'] = 'DESK') =>
    event(applicationSubmittedV1, subject, {
      personId: uuidv7(),
      applicantRole: 'PERSON',
      channel,
      filedAt: new Date().toISOString(),
      items: [],
    });
  const noted = async (subject: string): Promise<number[]> => {
    const rows = await service.sql<{ sequence: number }>(
      'select sequence from noted where application = $1 order by 1',
      [subject],
    );
    return rows.map(({ sequence }) => sequence);
  };
  /** Parks the first of these, and the others behind it; returns their dead letters in order. */
  const parked = async (subject: string, ...channels: ApplicationSubmittedV1['channel'][]): Promise<string[]> => {
    for (const [index, channel] of channels.entries())
      await service.publish(submitted(subject, channel), { sequence: index + 1 });
    return service.eventually(async () => {
      const rows = await service.sql<{ id: string }>(
        `select id from dead_letter where aggregate_id = $1 and status = 'PARKED' order by sequence`,
        [subject],
      );
      expect(rows).toHaveLength(channels.length);
      return rows.map(({ id }) => id);
    });
  };
  const show = async (id: string | undefined): Promise<DeadLetterDetails> =>
    (await service.http<DeadLetterDetails>('GET', `/dead-letters/${id}`, { as: operator })).body;
  const act = (id: string | undefined, what: 'retry' | 'discard', call: { key?: string; body?: object } = {}) =>
    service.http<Settled>('POST', `/dead-letters/${id}/${what}`, { as: operator, ...call });
  const list = async (query: string): Promise<Page<DeadLetterView>> =>
    (await service.http<Page<DeadLetterView>>('GET', `/dead-letters?${query}`, { as: operator })).body;
  const gauge = async (reason: string): Promise<number> => {
    const { body } = await service.http<string>('GET', '/metrics');
    return Number(new RegExp(`okienko_dead_letters_parked{[^}]*reason="${reason}"[^}]*} (\\d+)`).exec(body)?.[1] ?? 0);
  };

  test('are shown with all an operator needs, and with nothing of the event itself', async () => {
    const subject = uuidv7();
    const [first, second] = await parked(subject, 'POST', 'DESK', 'WEB_FORM');
    const shown = await show(first);
    expect(shown).toMatchObject({
      consumer: 'providers-reads-cases',
      eventName: 'cases.application.submitted.v1',
      title: applicationSubmittedV1.title,
      aggregateType: 'application',
      aggregateId: subject,
      sequence: 1,
      reason: 'REFUSED',
      attempts: 1,
      status: 'PARKED',
      handledUpTo: 0,
      waitsFor: null,
      waitingCount: 2,
      waiting: [{ sequence: 2 }, { sequence: 3 }],
      error: 'Not POST. Ask …@…, ….',
    });
    expect(Date.parse(shown.occurredAt ?? '')).toBeLessThanOrEqual(Date.parse(String(shown.createdAt)));
    // Not a short number: by chance one stands in an id.
    expect(JSON.stringify(shown)).not.toMatch(/personId|applicantRole|example\.pl|600 700 800|anna/);
    expect(await show(second)).toMatchObject({ reason: 'BEHIND_PARKED', waitsFor: first, waitingCount: 1 });
    expect((await service.http('GET', `/dead-letters/${uuidv7()}`, { as: operator })).status).toBe(404);
    expect((await service.http('GET', `/dead-letters/${first}`, { as: { roles: ['auditor'] } })).status).toBe(403);
  });

  test('are listed by status and reason, page by page, and counted from the table', async () => {
    const before = await gauge('BEHIND_PARKED');
    const ids = await parked(uuidv7(), 'POST', 'DESK', 'DESK', 'DESK');
    expect(await gauge('BEHIND_PARKED')).toBe(before + 3);
    const one = await list('status=PARKED&reason=BEHIND_PARKED&limit=2');
    const two = await list(`status=PARKED&reason=BEHIND_PARKED&limit=200&after=${one.next}`);
    const seen = [...one.items, ...two.items];
    expect(one.items).toHaveLength(2);
    expect(seen.every(({ reason, status }) => reason === 'BEHIND_PARKED' && status === 'PARKED')).toBe(true);
    expect(seen.map(({ id }) => id)).toEqual(expect.arrayContaining(ids.slice(1)));
    expect((await list('consumer=nobody')).items).toEqual([]);
    expect((await service.http('GET', '/dead-letters?reason=BORED', { as: operator })).status).toBe(400);
    await act(ids[0], 'discard', { body: { reason: 'a test' } });
    expect(await gauge('BEHIND_PARKED')).toBe(before);
  });

  test('are handled again once the cause is mended, with those behind them; the same request again does nothing more', async () => {
    const subject = uuidv7();
    const [first] = await parked(subject, 'POST', 'DESK');
    expect((await act(first, 'retry')).status).toBe(422);
    expect(await noted(subject)).toEqual([]);
    refused.clear();
    const done = await act(first, 'retry', { key: `retry-${first}` });
    expect([done.status, done.body]).toEqual([200, { id: first, status: 'RETRIED', released: 1, stillParked: 0 }]);
    expect(await act(first, 'retry', { key: `retry-${first}` })).toMatchObject({ status: 200, body: done.body });
    expect((await act(first, 'retry')).status).toBe(409);
    expect(await noted(subject)).toEqual([1, 2]);
    expect(await show(first)).toMatchObject({ status: 'RETRIED', resolvedBy: 'operator-tomasz', waitingCount: 0 });
  });

  test('of which one more fails behind the first: what was handled before it stands, and it is the next to be dealt with', async () => {
    const subject = uuidv7();
    const [first, , third] = await parked(subject, 'POST', 'DESK', 'POST', 'DESK');
    const settled = await act(first, 'discard', { body: { reason: 'sent by mistake' } });
    expect([settled.status, settled.body]).toEqual([
      200,
      { id: first, status: 'DISCARDED', released: 1, stillParked: 2 },
    ]);
    expect(await noted(subject)).toEqual([2]);
    expect(await show(third)).toMatchObject({ attempts: 1, waitsFor: null, waitingCount: 1, handledUpTo: 2 });
  });

  test('that no service could read can be discarded, and are not said to have been handled', async () => {
    const [letter] = await service.sql<{ id: string }>(
      `insert into dead_letter (id, consumer, body, reason, error, attempts) values ($1, 'providers-reads-cases', '?', 'UNREADABLE', 'no JSON', 1) returning id`,
      [uuidv7()],
    );
    expect((await act(letter?.id, 'retry')).status).toBe(409);
    expect((await act(letter?.id, 'discard', { body: { reason: 'noise' } })).body).toMatchObject({
      status: 'DISCARDED',
    });
    expect(await show(letter?.id)).toMatchObject({ title: null, occurredAt: null, resolution: 'noise' });
  });

  test('can be settled by a command, against any deployment', async () => {
    const subject = uuidv7();
    const [first] = await parked(subject, 'POST', 'DESK');
    const env = { ...process.env, OKIENKO_TOKEN: await service.issuer.token(operator) };
    const command = async (...args: string[]): Promise<string> => {
      const script = join(checkout, 'deploy', 'local', 'dist', 'okienko.js');
      const said = [script, 'dead-letters', ...args, '--url', `providers=${service.url}`];
      return (await promisify(execFile)(process.execPath, said, { env })).stdout;
    };
    expect(await command('list', 'providers')).toContain(`${first}  `);
    expect(await command('show', 'providers', first ?? '')).toMatch(/waitingCount +1\n/);
    await expect(command('discard', 'providers', first ?? '')).rejects.toThrow(/Say why/);
    await expect(command('retry', 'providers', first ?? '')).rejects.toThrow(/422 Refused/);
    expect(await command('discard', 'providers', first ?? '', '--reason', 'by mistake')).toMatch(/^Discarded; 1 /);
    expect(await noted(subject)).toEqual([2]);
  }, 20_000);

  test.each([
    ['duplicate key 01998f3e-1111-7222-8333-123456789012', 'duplicate key 01998f3e-1111-7222-8333-123456789012'],
    ['no person 44051401359 here', 'no person … here'],
    ['call +48 600 700 800', 'call …'],
    ['limit 100 of 20000 reached', 'limit 100 of 20000 reached'],
  ])('say of "%s" no more than "%s"', (text, shown) => {
    expect(masked(text)).toBe(shown);
  });
});
