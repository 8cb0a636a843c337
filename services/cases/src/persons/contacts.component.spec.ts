import { addDays } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { open } from '@okienko/privacy/sealed-payload';
import { coordinator, desk, director, idOf, type Json, organiser, problemOf, Scenario, today } from '../scenario';

const day = 24 * 60 * 60 * 1000;
class TestClock extends Clock {
  later = 0;
  override now(): Date {
    return new Date(Date.now() + this.later);
  }
}

jest.setTimeout(60_000);
const clock = new TestClock();
let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start(clock)), 60_000);
afterAll(() => scenario.stop());

/** What the notifications service was told of a person, the latest last. */
async function told(personId: string): Promise<Json[]> {
  const rows = await scenario.service.sql<{ recipient: string }>(
    `select event::json -> 'data' ->> 'recipient' as recipient from outbox
     where aggregate_type = 'person-contact' and aggregate_id = $1 order by sequence`,
    [personId],
  );
  const { privateJwk } = scenario.notificationsKey;
  return Promise.all(rows.map(async ({ recipient }) => (await open(privateJwk, recipient)) as Json));
}
const latest = async (personId: string): Promise<Json | undefined> => (await told(personId)).at(-1);

const contact = {
  email: 'zaneta@example.org',
  postalAddress: { street: 'Mostowa 17/3', postalCode: '82-300', city: 'Elbląg' },
  ade: 'AE:PL-12345-67890-ABCDE-12',
  channels: ['EDORECZENIA', 'EMAIL'],
  quiet: { from: '20:00', to: '09:00' },
  isAddressConfidential: true,
  language: 'uk',
  form: 'LARGE_PRINT',
};

describe('contact details', () => {
  it('leave with everything that a message needs, and stand nowhere in the open', async () => {
    const id = await scenario.person();
    await scenario.twice(`/persons/${id}/contact`, desk, { ...contact, latitude: 54.1, longitude: 19.4 }, 0);
    expect(await told(id)).toEqual([{ personId: id, name: 'Żaneta Łoś', ...contact }]);
    expect((await scenario.get(`/persons/${id}`, desk)).body).toMatchObject({ contact, contactVersion: 1 });
    const [row] = await scenario.service.sql<{ text: string }>(
      `select encode(contact, 'escape') as text from person_contact where id = $1`,
      [id],
    );
    expect(row?.text).not.toMatch(/Mostowa|AE:PL|EDORECZENIA/);
  });

  it.each<[string, Json]>([
    ['half an address', { postalAddress: { street: 'Mostowa 17' } }],
    ['an address over two lines', { postalAddress: { ...contact.postalAddress, street: 'Mostowa\n17' } }],
    ['a foreign postal code', { postalAddress: { ...contact.postalAddress, postalCode: '82300' } }],
    ['an ADE that is none', { ade: 'AE:PL-1' }],
    ['an unknown way', { channels: ['PIGEON'] }],
    ['a way twice', { channels: ['SMS', 'SMS'] }],
    ['an hour that no clock shows', { quiet: { from: '24:00', to: '08:00' } }],
    ['an unknown form', { form: 'BRAILLE' }],
    ['a suppression of the desk', { isSuppressed: true }],
  ])('are refused with %s', async (_, wrong) => {
    const id = await scenario.person();
    expect(problemOf(await scenario.post(`/persons/${id}/contact`, desk, wrong, 0))).toEqual([400, 'invalid-request']);
    expect(await told(id)).toEqual([]);
  });
});

describe('a suppression', () => {
  const reason = { reasonCode: 'DOMESTIC_VIOLENCE' };

  it('is told, outlasts every change of the desk, and ends by an act of its own', async () => {
    const id = await scenario.person();
    await scenario.post(`/persons/${id}/contact`, desk, { phone: '+48551234567' }, 0);
    await scenario.twice(`/persons/${id}/contact-suppression`, coordinator, reason, 1);
    expect(await latest(id)).toMatchObject({ phone: '+48551234567', isSuppressed: true });
    await scenario.post(`/persons/${id}/contact`, desk, { email: 'nowy@example.org' }, 2);
    expect(await latest(id)).toMatchObject({ email: 'nowy@example.org', isSuppressed: true });
    expect(JSON.stringify(await told(id))).not.toContain('DOMESTIC_VIOLENCE');
    expect((await scenario.get(`/persons/${id}`, desk)).body['contact']).toMatchObject({
      suppression: { ...reason, since: today, by: coordinator.sub },
    });
    expect(problemOf(await scenario.post(`/persons/${id}/contact-suppression`, organiser, reason, 3))).toEqual([
      409,
      'wrong-state',
    ]);
    await scenario.twice(`/persons/${id}/contact-suppression-lifting`, organiser, {}, 3);
    expect(await latest(id)).not.toHaveProperty('isSuppressed');
    expect(problemOf(await scenario.post(`/persons/${id}/contact-suppression-lifting`, organiser, {}, 4))).toEqual([
      409,
      'wrong-state',
    ]);
    const writes = (await scenario.accesses(id)).filter(({ act, actor }) => act === 'WRITE' && actor !== desk.sub);
    expect(writes).toMatchObject([
      { actor: coordinator.sub, groups: ['CONTACT'] },
      { actor: organiser.sub, groups: ['CONTACT'] },
    ]);
  });

  it('needs no contact details, a reason and somebody who may', async () => {
    const id = await scenario.person();
    const path = `/persons/${id}/contact-suppression`;
    for (const as of [desk, director])
      expect(problemOf(await scenario.post(path, as, reason, 0))).toEqual([403, 'not-allowed']);
    expect(problemOf(await scenario.post(path, coordinator, {}, 0))).toEqual([400, 'invalid-request']);
    expect(problemOf(await scenario.post(path, coordinator, reason, 5))).toEqual([412, 'stale-version']);
    expect(problemOf(await scenario.post(path, { ...coordinator, unit: 'north' }, reason, 0))).toEqual([
      404,
      'not-found',
    ]);
    expect(await scenario.post(path, coordinator, reason, 0)).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await told(id)).toEqual([
      { personId: id, name: 'Żaneta Łoś', language: 'pl', form: 'STANDARD', isSuppressed: true },
    ]);
  });
});

describe('the guardian of a person', () => {
  const represent = async (personId: string, more: Json = {}): Promise<{ id: string; representativeId: string }> => {
    const representativeId = await scenario.person();
    const terms = { personId, representativeId, basis: 'PARENT', validFrom: addDays(today, -30), ...more };
    return { id: idOf(await scenario.post('/representations', desk, terms)), representativeId };
  };

  it('is told when the representation begins and ends, in the same transaction', async () => {
    const personId = await scenario.person();
    await scenario.post(`/persons/${personId}/contact`, desk, { email: 'a@example.org' }, 0);
    const { id, representativeId } = await represent(personId);
    expect(await latest(personId)).toMatchObject({ email: 'a@example.org', guardianId: representativeId });
    await scenario.post(`/persons/${personId}/contact`, desk, { email: 'b@example.org' }, 2);
    expect(await latest(personId)).toMatchObject({ email: 'b@example.org', guardianId: representativeId });
    await scenario.post(`/representations/${id}/end`, desk, { endedOn: addDays(today, -1) }, 1);
    expect(await latest(personId)).toEqual({
      personId,
      name: 'Żaneta Łoś',
      email: 'b@example.org',
      language: 'pl',
      form: 'STANDARD',
    });
    expect(await told(personId)).toHaveLength(4);
  });

  it('is told of somebody without contact details too, and a guardian of a court before a parent', async () => {
    const personId = await scenario.person();
    const parent = await represent(personId);
    expect(await told(personId)).toMatchObject([{ personId, guardianId: parent.representativeId }]);
    const guardian = await represent(personId, { basis: 'GUARDIAN', ruling: 'III RNs 7/26' });
    expect(await latest(personId)).toMatchObject({ guardianId: guardian.representativeId });
  });

  it.each([
    ['a curator', { basis: 'CURATOR', ruling: 'III RNs 7/26' }],
    ['a carer', { basis: 'FAMILY_CARE' }],
    ['a parent whose time is over', { validTo: addDays(today, -1) }],
    ['a parent whose time has not come', { validFrom: addDays(today, 1) }],
  ])('is not %s', async (_, more) => {
    const personId = await scenario.person();
    await represent(personId, more);
    expect(await told(personId)).toEqual([]);
  });

  it('changes by the calendar, by a death and by a merge, once whichever replica sees it', async () => {
    const [begins, ends, orphan, duplicate, survivor] = await Promise.all(
      Array.from({ length: 5 }, () => scenario.person()),
    );
    const beginning = await represent(begins ?? '', { validFrom: addDays(today, 2) });
    await represent(ends ?? '', { validTo: addDays(today, 1) });
    const parent = await represent(orphan ?? '');
    const moved = await represent(duplicate ?? '');
    const died = { diedOn: today, source: 'FAMILY' };
    expect(await scenario.post(`/persons/${parent.representativeId}/death`, desk, died, 1)).toMatchObject({
      status: 200,
    });
    const merging = { duplicateId: duplicate, duplicateVersion: 1, evidence: 'OTHER_OFFICE', reason: 'Ta sama.' };
    expect(await scenario.post(`/persons/${survivor}/merge`, organiser, merging, 1)).toMatchObject({ status: 200 });
    clock.later = 3 * day;
    const replicas = await Promise.all([scenario.service.replica(), scenario.service.replica()]);
    try {
      await scenario.service.eventually(async () => {
        expect(await told(begins ?? '')).toMatchObject([{ guardianId: beginning.representativeId }]);
        expect(await latest(ends ?? '')).not.toHaveProperty('guardianId');
        expect(await latest(orphan ?? '')).not.toHaveProperty('guardianId');
        expect(await told(survivor ?? '')).toMatchObject([{ guardianId: moved.representativeId }]);
      }, 20_000);
      expect([(await told(ends ?? '')).length, (await told(orphan ?? '')).length]).toEqual([2, 2]);
    } finally {
      clock.later = 0;
      await Promise.all(replicas.map((replica) => replica.stop()));
    }
  });
});
