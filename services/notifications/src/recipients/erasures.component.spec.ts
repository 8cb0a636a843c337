import { randomUUID } from 'node:crypto';
import { replayErasures } from '@okienko/chassis/erasures-service';
import { erasedRecipient, personContactChangedV1 } from '@okienko/contracts/cases/person-contact-changed.v1';
import { personErasedV1 } from '@okienko/contracts/cases/person-erased.v1';
import { event } from '@okienko/contracts/event';
import { dataSource } from '@okienko/messaging/data-source';
import { Sending } from '../messages/scenario';
import { erase } from './erase';

jest.setTimeout(60_000);
let sending: Sending;
beforeAll(async () => (sending = await Sending.start()), 60_000);
afterAll(() => sending.stop());

const desk = { sub: 'desk-anna', roles: ['desk'] } as const;
const erased = event(personErasedV1, '', { erasedAt: '2037-01-14T10:00:00.000Z', basis: 'RETENTION_ENDED' });

async function isErased(personId: string): Promise<void> {
  await sending.service.publish({ ...erased, subject: personId }, { sequence: 1 });
  await sending.service.eventually(async () =>
    expect(await sending.service.sql('select from erasure where person_id = $1', [personId])).toHaveLength(1),
  );
}

async function readableOf(personId: string): Promise<unknown> {
  const [row] = await sending.service.sql(
    `select (select count(*)::int from recipient where person_id = $1) as recipients,
            (select count(*)::int from message where person_id = $1 and (content is not null or content_hash is not null)) as contents,
            (select wrapped is not null from person_key where person_id = $1) as key`,
    [personId],
  );
  return row;
}

describe('whoever is erased', () => {
  it('has nothing left that can be read, sent or asked', async () => {
    const postalAddress = { street: 'ul. Świętego Ducha 7/3', postalCode: '82-300', city: 'Elbląg' };
    const { personId, email } = await sending.person({ postalAddress });
    const other = await sending.person();
    const sent = await sending.queue(personId, ['EMAIL']);
    const others = await sending.queue(other.personId, ['EMAIL']);
    await Promise.all([sending.settled(sent, 'SENT'), sending.settled(others, 'SENT')]);
    const inHands = await sending.queue(personId, ['LETTER']);
    await sending.settled(inHands, 'IN_HANDS');
    await sending.service.sql(
      `insert into task (id, version, kind, cause_id, person_id, template, state, opened_at)
       values ($1, 1, 'REACH_PERSON', gen_random_uuid(), $2, 'plan-approved', 'OPEN', now())`,
      [randomUUID(), personId],
    );
    const consent = { topic: 'plan-approved', channel: 'AT_THE_DESK' };
    await sending.service.sql(
      `insert into consent (id, version, person_id, topic, channel, given_at, given_by) values ($1, 1, $2, $3, $4, now(), 'desk-anna')`,
      [randomUUID(), personId, consent.topic, consent.channel],
    );
    await isErased(personId);
    expect(await readableOf(personId)).toEqual({ recipients: 0, contents: 0, key: false });
    expect(await readableOf(other.personId)).toEqual({ recipients: 1, contents: 1, key: true });
    expect(await sending.message(inHands)).toMatchObject({ state: 'FAILED', reasonCode: 'RECIPIENT_ERASED' });
    expect(await sending.message(sent)).toMatchObject({ state: 'SENT' });
    const [left] = await sending.service.sql(
      `select (select count(*)::int from task where person_id = $1 and state = 'OPEN') as tasks,
              (select count(*)::int from consent where person_id = $1 and ended_at is null) as consents`,
      [personId],
    );
    expect(left).toEqual({ tasks: 0, consents: 0 });
    expect(await sending.service.http('GET', `/recipients/${personId}`, { as: desk })).toMatchObject({ status: 404 });
    expect(await sending.service.http('GET', `/messages/${sent}`, { as: desk })).toMatchObject({ status: 200 });
    expect(
      JSON.stringify(await sending.service.sql('select * from message where person_id = $1', [personId])),
    ).not.toContain(email);
  });

  it('stays unknown, whatever contact details come late, come emptied, or were there in a backup', async () => {
    const { personId } = await sending.person();
    const [key] = await sending.service.sql<{ wrapped: Buffer }>(
      'select wrapped from person_key where person_id = $1',
      [personId],
    );
    await isErased(personId);
    const late = event(personContactChangedV1, personId, { recipient: erasedRecipient });
    await sending.service.publish(late, { sequence: 2 });
    await sending.service.eventually(async () =>
      expect(
        await sending.service.sql(
          `select from inbox_position where aggregate_type = 'person-contact' and aggregate_id = $1 and sequence = 2`,
          [personId],
        ),
      ).toHaveLength(1),
    );
    expect(await sending.service.sql('select from dead_letter where aggregate_id = $1', [personId])).toEqual([]);
    const unknownId = randomUUID();
    // The table of keys as a backup has it.
    await sending.service.sql('update person_key set wrapped = $2, destroyed_at = null where person_id = $1', [
      personId,
      key?.wrapped,
    ]);
    const database = await dataSource({
      url: sending.service.database.app,
      mappings: [],
      migrations: [],
      name: 'test',
    }).initialize();
    try {
      const erasedAt = new Date(erased.data.erasedAt);
      const log = [personId, unknownId].map((one) => ({ personId: one, erasedAt, basis: 'ART_17' }));
      await replayErasures(database, log, erase);
    } finally {
      await database.destroy();
    }
    for (const one of [personId, unknownId])
      expect(await readableOf(one)).toEqual({ recipients: 0, contents: 0, key: false });
  });
});
