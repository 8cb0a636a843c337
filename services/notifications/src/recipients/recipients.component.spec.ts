import { randomBytes, randomUUID } from 'node:crypto';
import { type Role, roles } from '@okienko/chassis/access';
import { personContactChangedV1 } from '@okienko/contracts/cases/person-contact-changed.v1';
import { personMergedV1 } from '@okienko/contracts/cases/person-merged.v1';
import { personMergeReversedV1 } from '@okienko/contracts/cases/person-merge-reversed.v1';
import { event } from '@okienko/contracts/event';
import { dataSource } from '@okienko/messaging/data-source';
import { Clock } from '@okienko/messaging/clock';
import { KeyRing } from '@okienko/privacy/key-ring';
import { PersonKeys } from '@okienko/privacy/person-keys';
import { generateSealingKeyPair, seal, type SealingKeyPair } from '@okienko/privacy/sealed-payload';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import type { DataSource } from 'typeorm';
import { notificationsService } from '../service';
import { type AddresseeOfPerson, RecipientQueries } from './recipients.queries';

jest.setTimeout(30_000);

const desk = { sub: 'desk-anna', roles: ['desk'] } as const;
const home = { street: 'Mostowa 17', postalCode: '82-300', city: 'Elbląg' };

describe('recipients', () => {
  let sealing: SealingKeyPair;
  let service: ServiceUnderTest;
  let source: DataSource;
  let addresseeOf: (personId: string) => Promise<AddresseeOfPerson | undefined>;

  beforeAll(async () => {
    sealing = await generateSealingKeyPair();
    const MASTER_KEY = randomBytes(32).toString('base64');
    const WEBHOOK_KEY = randomBytes(32).toString('base64');
    service = await startForTest(notificationsService, {
      MASTER_KEY,
      WEBHOOK_KEY,
      SEALING_PRIVATE_KEY: JSON.stringify(sealing.privateJwk),
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'wiadomosci@cus.example.pl',
      MESSAGE_GRACE_SECONDS: '600',
    });
    const place = { url: service.database.migrate, mappings: [], migrations: [], poolSize: 1, name: 'test' };
    source = await dataSource(place).initialize();
    const keys = new PersonKeys(KeyRing.fromEnvironmentValues(MASTER_KEY, WEBHOOK_KEY));
    const queries = new RecipientQueries(source, new Clock(), keys);
    addresseeOf = (personId) => queries.addresseeOf(source, personId);
  }, 60_000);
  afterAll(async () => {
    await source?.destroy();
    await service?.stop();
  });

  const told = async (personId: string, contact: object, sequence = 1): Promise<void> => {
    const inside = { personId, name: 'Anna Zielińska', language: 'pl', form: 'STANDARD', ...contact };
    const recipient = await seal(sealing.publicJwk, inside);
    const id = await service.publish(event(personContactChangedV1, personId, { recipient }), { sequence });
    await heard(id);
  };
  const heard = (id: string): Promise<void> =>
    service.eventually(async () =>
      expect(await service.sql('select 1 from inbox where event_id = $1', [id])).toHaveLength(1),
    );
  const person = async (contact: object): Promise<string> => {
    const personId = randomUUID();
    await told(personId, contact);
    return personId;
  };
  const view = (personId: string) => service.http('GET', `/recipients/${personId}`, { as: desk });

  it('are not known from what is sealed to somebody else, which is parked at the first try', async () => {
    const other = await generateSealingKeyPair();
    for (const recipient of [await seal(other.publicJwk, { name: 'x' }), 'a.b.c.d.e']) {
      const id = await service.publish(event(personContactChangedV1, randomUUID(), { recipient }), { sequence: 1 });
      await service.eventually(async () =>
        expect(await service.sql('select reason, attempts from dead_letter where event_id = $1', [id])).toEqual([
          { reason: 'REFUSED', attempts: 1 },
        ]),
      );
    }
  });

  it('are known with everything that was sealed, and nothing of it stands in the open', async () => {
    const contact = {
      email: 'anna@example.pl',
      postalAddress: home,
      ade: 'AE:PL-12345-67890-ABCDE-12',
      channels: ['LETTER', 'EMAIL'],
      quiet: { from: '21:00', to: '08:00' },
      form: 'LARGE_PRINT',
      isAddressConfidential: false,
    };
    const personId = await person(contact);
    expect(await addresseeOf(personId)).toEqual({
      recipient: { personId, name: 'Anna Zielińska', language: 'pl', ...contact },
      addresseeId: null,
    });
    const [row] = await service.sql<{ details: string }>(
      `select encode(details, 'escape') as details from recipient where person_id = $1`,
      [personId],
    );
    expect(row?.details).not.toMatch(/Mostowa|AE:PL|LETTER|21:00/);
  });

  it('are shown by the ways that reach them, never by where, and leave a trace', async () => {
    const personId = await person({ email: 'anna@example.pl', postalAddress: home, isAddressConfidential: true });
    const { status, body } = await view(personId);
    expect([status, body]).toEqual([
      200,
      {
        personId,
        language: 'pl',
        form: 'STANDARD',
        ways: ['EMAIL', 'COLLECTION'],
        wishes: null,
        quiet: null,
        isAddressConfidential: true,
        isSuppressed: false,
        guardianId: null,
      },
    ]);
    expect(
      await service.sql(`select act, actor, purpose from access_log where person_id = $1 and act = 'READ'`, [personId]),
    ).toEqual([{ act: 'READ', actor: desk.sub, purpose: 'RECIPIENT_REVIEW' }]);
    expect((await view(randomUUID())).status).toBe(404);
    expect((await view('nobody')).status).toBe(404);
  });

  const may: readonly Role[] = ['desk', 'coordinator', 'services-organiser', 'director'];
  it.each(roles)('are shown to a %s by their role', async (role) => {
    const as = { sub: `${role}-1`, roles: [role] };
    expect((await service.http('GET', `/recipients/${randomUUID()}`, { as })).status).toBe(
      may.includes(role) ? 404 : 403,
    );
  });

  it('are reached by no way at all while suppressed, nor is their guardian', async () => {
    const guardianId = await person({ email: 'jan@example.pl' });
    const personId = await person({ email: 'anna@example.pl', isSuppressed: true });
    expect((await view(personId)).body).toMatchObject({ ways: [], isSuppressed: true });
    await told(personId, { isSuppressed: true, guardianId }, 2);
    expect((await view(personId)).body).toMatchObject({ ways: [] });
    await told(personId, { guardianId }, 3);
    expect((await view(personId)).body).toMatchObject({ ways: ['EMAIL', 'COLLECTION'], isSuppressed: false });
  });

  it('are kept safe whichever of their records says it, until the records are separate again', async () => {
    const survivorId = await person({ email: 'anna@example.pl', postalAddress: home });
    const duplicateId = await person({ isSuppressed: true, isAddressConfidential: true });
    expect((await view(survivorId)).body).toMatchObject({ ways: ['EMAIL', 'LETTER', 'COLLECTION'] });
    const facts = { survivorId, duplicateId, evidence: 'IDENTITY_DOCUMENT' };
    await heard(await service.publish(event(personMergedV1, duplicateId, facts), { sequence: 1 }));
    for (const id of [survivorId, duplicateId])
      expect((await view(id)).body).toMatchObject({ personId: id, ways: [], isAddressConfidential: true });
    expect(await addresseeOf(duplicateId)).toMatchObject({ recipient: { personId: survivorId, isSuppressed: true } });
    const separate = { survivorId, duplicateId };
    await heard(await service.publish(event(personMergeReversedV1, duplicateId, separate), { sequence: 2 }));
    expect((await view(survivorId)).body).toMatchObject({ ways: ['EMAIL', 'LETTER', 'COLLECTION'] });
    expect((await view(duplicateId)).body).toMatchObject({ ways: [] });
  });

  it('are written to through the guardian from its beginning to its end', async () => {
    const guardianId = await person({ email: 'jan@example.pl', name: 'Jan Zieliński', language: 'uk' });
    const personId = await person({ email: 'anna@example.pl' });
    expect(await addresseeOf(personId)).toMatchObject({ recipient: { personId }, addresseeId: null });
    await told(personId, { email: 'anna@example.pl', guardianId }, 2);
    expect(await addresseeOf(personId)).toMatchObject({
      recipient: { personId: guardianId, name: 'Jan Zieliński', email: 'jan@example.pl', language: 'uk' },
      addresseeId: guardianId,
    });
    await told(personId, { email: 'anna@example.pl' }, 3);
    expect(await addresseeOf(personId)).toMatchObject({ recipient: { personId }, addresseeId: null });
  });

  it('have nobody to be written to while nothing is known of the guardian', async () => {
    const guardianId = randomUUID();
    const personId = await person({ email: 'anna@example.pl', guardianId });
    expect(await addresseeOf(personId)).toBeUndefined();
    expect((await view(personId)).body).toMatchObject({ ways: [], guardianId });
    const survivorId = await person({ email: 'jan@example.pl' });
    const merged = { survivorId, duplicateId: guardianId, evidence: 'IDENTITY_DOCUMENT' };
    await heard(await service.publish(event(personMergedV1, guardianId, merged), { sequence: 1 }));
    expect(await addresseeOf(personId)).toMatchObject({ recipient: { personId: survivorId } });
  });

  it('are known as they were told last: what is told no longer is known no longer', async () => {
    const personId = await person({ email: 'anna@example.pl', postalAddress: home });
    await told(personId, { phone: '+48600000000' }, 2);
    const recipient = { personId, name: 'Anna Zielińska', phone: '+48600000000', language: 'pl', form: 'STANDARD' };
    expect(await addresseeOf(personId)).toEqual({ recipient, addresseeId: null });
  });

  it('are nobody once the key of the person has been destroyed', async () => {
    const personId = await person({ email: 'anna@example.pl', postalAddress: home });
    await service.sql('update person_key set wrapped = null, destroyed_at = now() where person_id = $1', [personId]);
    expect(await addresseeOf(personId)).toBeUndefined();
    expect((await view(personId)).status).toBe(404);
    await told(personId, { email: 'late@example.pl' }, 2);
    expect(await addresseeOf(personId)).toBeUndefined();
  });

  it('that are not usable become dead letters and change nothing', async () => {
    const personId = await person({ email: 'anna@example.pl' });
    const inside = { personId, name: 'Anna', language: 'pl', form: 'STANDARD', channels: ['PIGEON'] };
    const recipient = await seal(sealing.publicJwk, inside);
    const id = await service.publish(event(personContactChangedV1, personId, { recipient }), { sequence: 2 });
    await service.eventually(async () =>
      expect(await service.sql('select 1 from dead_letter where event_id = $1', [id])).toHaveLength(1),
    );
    expect(await addresseeOf(personId)).toMatchObject({ recipient: { email: 'anna@example.pl' } });
  });
});
