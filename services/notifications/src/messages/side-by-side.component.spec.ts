import { randomBytes, randomUUID } from 'node:crypto';
import { personContactChangedV1 } from '@okienko/contracts/cases/person-contact-changed.v1';
import { personDiedV1 } from '@okienko/contracts/cases/person-died.v1';
import { planApprovedV1 } from '@okienko/contracts/cases/plan-approved.v1';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { generateSealingKeyPair, seal, type SealingKeyPair } from '@okienko/privacy/sealed-payload';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { notificationsService } from '../service';

jest.setTimeout(120_000);

const many = 60;
const addressOf = (personId: string): string => `${personId}@example.pl`;

/** No message goes out: what is written, and to whom, is what this is about. */
describe('events about many people at once, some of them twice', () => {
  let service: ServiceUnderTest;
  let sealing: SealingKeyPair;

  beforeAll(async () => {
    sealing = await generateSealingKeyPair();
    service = await startForTest(notificationsService, {
      MASTER_KEY: randomBytes(32).toString('base64'),
      WEBHOOK_KEY: randomBytes(32).toString('base64'),
      SEALING_PRIVATE_KEY: JSON.stringify(sealing.privateJwk),
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'CUS Elbląg <wiadomosci@cus.example.pl>',
      MESSAGE_GRACE_SECONDS: '86400',
      MESSAGE_ATTEMPTS: '50',
    });
  });
  afterAll(() => service?.stop());

  const contactOf = async (personId: string, more: object = {}): Promise<DomainEvent> => {
    const inside = { personId, name: 'Anna', language: 'pl', form: 'STANDARD', email: addressOf(personId), ...more };
    return event(personContactChangedV1, personId, { recipient: await seal(sealing.publicJwk, inside) });
  };
  const approved = (personId: string): DomainEvent =>
    event(planApprovedV1, randomUUID(), { personId, authorisationId: randomUUID(), approvedOn: '2026-03-02' });

  /** In one go, so that a batch holds as many as it may. A batch in which one comes twice is handled one by one. */
  const publish = async (
    facts: readonly (readonly [DomainEvent, number])[],
    isTwice: (at: number) => boolean = () => false,
  ): Promise<string[]> => {
    const all = facts.flatMap(([fact, sequence], at) => {
      const sent = { fact, place: { sequence, id: randomUUID() } };
      return isTwice(at) ? [sent, sent] : [sent];
    });
    const ids = await Promise.all(all.map(({ fact, place }) => service.publish(fact, place)));
    return [...new Set(ids)];
  };
  const heard = (ids: readonly string[]): Promise<void> =>
    service.eventually(async () => {
      expect(await service.sql('select from inbox where event_id = any($1)', [ids])).toHaveLength(ids.length);
    }, 60_000);
  const messages = (people: readonly string[]): Promise<{ personId: string; template: string; isWritten: boolean }[]> =>
    service.sql(
      `select person_id as "personId", template, content is not null as "isWritten" from message where person_id = any($1)`,
      [people],
    );

  it('tell each once, in whatever order the contact details come, and though some events come twice', async () => {
    const people = Array.from({ length: many }, () => randomUUID());
    const facts = await Promise.all(
      people.map(async (personId, at) => {
        const both = [[await contactOf(personId), 1] as const, [approved(personId), 1] as const];
        return at % 2 === 0 ? both : both.toReversed();
      }),
    );
    await heard(await publish(facts.flat(), (at) => at % 5 === 0));
    const told = await messages(people);
    expect(told.map(({ personId }) => personId).sort()).toEqual(people.toSorted());
    expect(told.filter(({ isWritten }) => !isWritten)).toEqual([]);
  });

  it('share a transaction, of news as of contact details', async () => {
    const people = Array.from({ length: many }, () => randomUUID());
    await heard(
      await publish(await Promise.all(people.map(async (personId) => [await contactOf(personId), 1] as const))),
    );
    await heard(await publish(people.map((personId) => [approved(personId), 1] as const)));
    // Whatever is handled one by one has a transaction, or a part of one, of its own.
    const [written] = await service.sql<{ recipients: number; messages: number }>(
      `select (select count(distinct xmin::text)::int from recipient where person_id = any($1)) as recipients,
         (select count(distinct xmin::text)::int from message where person_id = any($1)) as messages`,
      [people],
    );
    expect(written?.recipients).toBeLessThan(many / 2);
    expect(written?.messages).toBeLessThan(many / 2);
  });

  it('end a message once that has no way, though the contact details of the ward and of the guardian come side by side', async () => {
    const pairs = Array.from({ length: 20 }, () => ({ ward: randomUUID(), guardian: randomUUID() }));
    const wards = pairs.map(({ ward }) => ward);
    const inDanger = { isSuppressed: true };
    await heard(
      await publish(
        await Promise.all(
          pairs.map(async ({ ward, guardian }) => [await contactOf(ward, { guardianId: guardian }), 1] as const),
        ),
      ),
    );
    await heard(await publish(wards.map((ward) => [approved(ward), 1] as const)));
    const both = await Promise.all(
      pairs.map(async ({ ward, guardian }, at) => {
        const facts = [
          [await contactOf(ward, { guardianId: guardian, ...inDanger }), 2] as const,
          [await contactOf(guardian, inDanger), 1] as const,
        ];
        return at % 2 === 0 ? facts : facts.toReversed();
      }),
    );
    await heard(await publish(both.flat()));
    const ended = await service.sql(
      `select m.state, m.version, (select count(*)::int from task t where t.message_id = m.id) as tasks
       from message m where m.person_id = any($1)`,
      [wards],
    );
    expect(ended).toEqual(wards.map(() => ({ state: 'FAILED', version: 2, tasks: 1 })));
  });

  it('write to guardians whose contact details come side by side with the news about their wards', async () => {
    const pairs = Array.from({ length: many }, () => ({ ward: randomUUID(), guardian: randomUUID() }));
    const wards = pairs.map(({ ward }) => ward);
    const known = await Promise.all(
      pairs.map(async ({ ward, guardian }) => [await contactOf(ward, { guardianId: guardian }), 1] as const),
    );
    await heard(await publish(known));
    // So many about each ward that the contact details come while one or other of them is told.
    const facts = await Promise.all(
      pairs.map(async ({ ward, guardian }, at) => {
        const news = Array.from({ length: 1 + (at % 6) }, () => [approved(ward), 1] as const);
        const contact = [await contactOf(guardian), 1] as const;
        return at % 2 === 0 ? [...news, contact] : [contact, ...news];
      }),
    );
    await heard(await publish(facts.flat()));
    const told = await messages(wards);
    expect(told.map(({ personId }) => personId).sort()).toEqual(
      wards.flatMap((ward, at) => Array.from({ length: 1 + (at % 6) }, () => ward)).sort(),
    );
    expect(told.filter(({ isWritten }) => !isWritten)).toEqual([]);
  });

  it('wait for a death between them: nothing that came after it is written', async () => {
    const people = Array.from({ length: many }, () => randomUUID());
    const known = people.map(async (personId) => [await contactOf(personId), 1] as const);
    await heard(await publish(await Promise.all(known)));
    const dies = (at: number): boolean => at % 10 === 3;
    const facts = people.flatMap((personId, at): (readonly [DomainEvent, number])[] => {
      const death = event(personDiedV1, personId, { diedOn: '2026-03-01', source: 'FAMILY' });
      return dies(at)
        ? [
            [death, 1],
            [approved(personId), 1],
          ]
        : [[approved(personId), 1]];
    });
    await heard(await publish(facts));
    const told = await messages(people);
    expect(told.map(({ personId }) => personId).sort()).toEqual(people.filter((_, at) => !dies(at)).sort());
  });
});
