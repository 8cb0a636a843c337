import { addDays, dayOf } from '@okienko/contracts/calendar';
import type { Service } from '@okienko/contracts/event';
import { eventually } from '@okienko/testing/eventually';
import type { Answer, Call, ServiceUnderTest } from '@okienko/testing/service-test';
import { startFour } from './four-services';

type Json = Record<string, unknown>;
interface Filed {
  readonly id: string;
  readonly itemId: string;
}

const organiser = { sub: 'ous-olga', roles: ['services-organiser'] } as const;
const desk = { sub: 'desk-anna', roles: ['desk'] } as const;
const coordinator = { sub: 'kipus-ewa', roles: ['coordinator'] } as const;

const today = dayOf(new Date());
const tomorrow = addDays(today, 1);
const terc = '2861011';

/** One place and a fee of 30 PLN in the first edition; two places, another fee and a narrower data scope in the second. */
const edition = (expectedPersons: number, grosze: number, dataScope: readonly string[]): Json => ({
  terc,
  name: { pl: 'Program usług społecznych' },
  aim: { pl: 'Wsparcie mieszkańców w domu' },
  validFrom: addDays(today, -300),
  validTo: addDays(today, 300),
  needs: { pl: 'Osoby starsze mieszkają samotnie' },
  expectedPersons,
  services: [
    {
      serviceCode: 'teleopieka',
      name: { pl: 'Teleopieka' },
      expectedPersons,
      queueRule: 'FILING_TIME',
      conditions: { pl: 'Każdy mieszkaniec' },
    },
  ],
  fee: { rule: 'FLAT', grosze, per: 'MONTH' },
  evidence: [{ code: 'APPLICANT_STATEMENT', name: { pl: 'Oświadczenie' } }],
  dataScope,
  stages: [{ pl: 'Nabór' }],
  indicators: [{ pl: 'Liczba osób' }],
  budgetLines: [{ year: 2026, plannedGrosze: 1, fundingShares: [{ source: 'gmina', percent: 100 }] }],
});
const adoption = { resolutionNumber: 'XL/1/2026', adoptedOn: today };
const publication = (inForceFrom: string): Json => ({ journalReference: 'Dz. Urz.', publishedOn: today, inForceFrom });

describe('a resolution amends a programme while cases are open', () => {
  let now = new Date(`${today}T11:00:00Z`);
  let four: Record<Service, ServiceUnderTest>;
  let programmeId: string;
  let offerId: string;
  beforeAll(async () => {
    four = await startFour({ together: true, clock: { now: () => now } });
    programmeId = String((await post('catalogue', '/programmes', organiser, edition(1, 3000, ['HEALTH'])))['id']);
    await actOnProgramme('adoption', adoption);
    await actOnProgramme('journal-publication', publication(today));
    const offer = await post('catalogue', '/service-offers', organiser, {
      name: { pl: 'Teleopieka' },
      description: { pl: 'Opaska z przyciskiem' },
      areas: ['pomoc-spoleczna'],
      legalTrack: 'PUS',
      programmeId,
      serviceCode: 'teleopieka',
      recipientKind: 'PERSON',
      unit: 'PLACE',
      terc,
      feeRule: 'FLAT',
    });
    offerId = String(offer['id']);
    await post('catalogue', `/service-offers/${offerId}/publication`, organiser, {}, 1);
  }, 120_000);
  afterAll(async () => {
    const { cases, ...others } = four;
    await Promise.all(Object.values(others).map((service) => service.stop()));
    await cases.stop();
  }, 30_000);

  const send = (of: Service, path: string, as: Call['as'], body: Json, ifMatch?: number): Promise<Answer<Json>> =>
    four[of].http('POST', path, { ...(as ? { as } : {}), body, ...(ifMatch === undefined ? {} : { ifMatch }) });
  const get = async <T = Json>(of: Service, path: string, as: Call['as'] = coordinator): Promise<T> =>
    (await four[of].http<T>('GET', path, as ? { as } : {})).body;

  async function post(of: Service, path: string, as: Call['as'], body: Json, ifMatch?: number): Promise<Json> {
    const answer = await send(of, path, as, body, ifMatch);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async function actOnProgramme(act: string, body: Json): Promise<void> {
    const { version } = await get<{ version: number }>('catalogue', `/programmes/${programmeId}`);
    await post('catalogue', `/programmes/${programmeId}/${act}`, organiser, body, version);
  }

  /** As soon as the offer is known there. */
  async function file(): Promise<Filed> {
    const person = await post('cases', '/persons', desk, { givenName: 'Żaneta', familyName: 'Łoś', terc });
    const body = {
      personId: person['id'],
      applicantRole: 'PERSON',
      channel: 'DESK',
      statement: { clauseVersion: '2020-01-01', acknowledged: true },
      items: [{ offerId }],
    };
    const filed = await eventually(() => post('cases', '/applications', desk, body));
    return { id: String(filed['id']), itemId: (filed['items'] as { id: string }[])[0]?.id ?? '' };
  }

  async function onItem({ id, itemId }: Filed, act: string): Promise<number> {
    const { version } = await get<{ version: number }>('cases', `/applications/${id}`);
    return (await send('cases', `/applications/${id}/items/${itemId}/${act}`, coordinator, {}, version)).status;
  }
  const editionOf = async ({ id }: Filed): Promise<number | undefined> =>
    (await get<{ items: { programmeVersion?: number }[] }>('cases', `/applications/${id}`)).items[0]?.programmeVersion;

  /** Whether what was said of somebody's health may be recorded. */
  async function healthMayBeRecordedOf({ id: applicationId }: Filed): Promise<number> {
    const talk = { applicationId, scheduledFor: new Date().toISOString(), place: 'CENTRE' };
    const { id } = await post('cases', '/needs-recognitions', coordinator, talk);
    const words = { voicedNeeds: 'a', servicesUsed: 'b', groundsAndPossibilities: 'c', feesInformation: 'd' };
    const body = { ...words, categories: ['HEALTH'] };
    return (await send('cases', `/needs-recognitions/${String(id)}/record`, coordinator, body, 1)).status;
  }

  test('and each case keeps the edition that it was qualified under', async () => {
    const [first, second] = [await file(), await file()];
    expect([await onItem(first, 'qualification'), await onItem(second, 'qualification')]).toEqual([200, 409]);
    expect(await onItem(second, 'waiting-list-entry')).toBe(200);

    await actOnProgramme('amendment', edition(2, 5000, ['INCOME']));
    await actOnProgramme('adoption', adoption);
    await actOnProgramme('journal-publication', publication(tomorrow));
    expect(await get('catalogue', `/programmes/${programmeId}`)).toMatchObject({ programmeVersion: 1, amendment: 2 });
    expect(await onItem(second, 'qualification')).toBe(409);

    now = new Date(now.getTime() + 24 * 3600_000);
    await eventually(async () => expect(await onItem(second, 'qualification')).toBe(200), 30_000);
    expect([await editionOf(first), await editionOf(second)]).toEqual([1, 2]);
    expect([await healthMayBeRecordedOf(first), await healthMayBeRecordedOf(second)]).toEqual([200, 422]);

    const { items } = await get<{ items: { programmeVersion: number; state: string; fee: { grosze: number } }[] }>(
      'catalogue',
      `/programmes/${programmeId}/editions`,
      undefined,
    );
    expect(items.map(({ programmeVersion, state, fee }) => [programmeVersion, state, fee.grosze])).toEqual([
      [1, 'SUPERSEDED', 3000],
      [2, 'IN_FORCE', 5000],
    ]);
    const trial = await send('catalogue', `/programmes/${programmeId}/fee/trial`, undefined, {
      serviceCode: 'teleopieka',
    });
    expect([trial.status, trial.body['amount']]).toEqual([200, { leastGrosze: 5000, mostGrosze: 5000 }]);
  }, 90_000);
});
