import type { Changed } from '@okienko/chassis/http';
import { capacityOpenedV1 } from '@okienko/contracts/providers/capacity-opened.v1';
import { event } from '@okienko/contracts/event';
import type { Call } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { exampleProgramme } from '../programmes/programme-example';
import { director, gmina, organiser, Scenario } from '../scenario';
import type { ClosingInformation } from './closing-information';

const [teleopieka] = exampleProgramme().services;
const services = [teleopieka!, { ...teleopieka!, serviceCode: 'transport', name: { pl: 'Transport' } }];

describe('the closing information over HTTP', () => {
  let scenario: Scenario;
  let now = new Date('2026-03-10T12:00:00Z');
  let programme: Changed;
  let body: { contractors: { providerId: string; name: string }[] } & Record<string, unknown>;
  const people = Array.from({ length: 6 }, () => uuidv7());
  let natural: string;

  beforeAll(async () => {
    scenario = await Scenario.start(() => now);
    programme = await scenario.programmeInForce({ services });
    const [tele, transport] = [
      await scenario.offer(programme.id, 'teleopieka'),
      await scenario.offer(programme.id, 'transport'),
    ];
    const ngo = await scenario.provider('NGO');
    natural = await scenario.provider('NATURAL_PERSON');
    const hours = { on: '2025-04-01', hours: 2, accepted: true };
    for (const person of people)
      await scenario.serves(person, tele, ngo, [hours, { on: '2025-04-08', hours: 3, accepted: false }]);
    for (const person of people.slice(0, 3)) await scenario.serves(person, transport, natural, [hours]);
    // Of the same person once more: still one person.
    await scenario.serves(people[0]!, tele, ngo, [hours]);
    await scenario.tell(
      event(
        capacityOpenedV1,
        uuidv7(),
        { providerId: ngo, offerId: tele, places: 1, free: 1, from: '2025-01-01', to: '2026-12-31' },
        gmina,
      ),
    );
    await scenario.settled(tele, '2025-04-01', 630_000);
    await scenario.settled(tele, '2026-02-01', 270_000);
    await scenario.heard();
    body = {
      execution: { pl: 'Program zrealizowano w całości.' },
      monitoring: [{ pl: 'Sześć osób' }],
      contractors: [{ providerId: ngo, name: 'Stowarzyszenie Razem' }],
      corrections: [{ figure: 'COST_GROSZE', value: 1_400_000, reason: 'Z ewidencji księgowej' }],
    };
  }, 60_000);
  afterAll(() => scenario.service.stop());

  const path = (): string => `/programmes/${programme.id}/closing-information`;
  const publish = (call: Call = {}) => scenario.post(path(), { body, ifMatch: programme.version, ...call });
  const get = (suffix = '', call: Call = {}) =>
    scenario.service.http<ClosingInformation & { publishedOn: string }>('GET', `${path()}${suffix}`, call);
  const problem = ({ status, body: of }: { status: number; body: object }): unknown => [
    status,
    (of as { type: string }).type.split('/').at(-1),
  ];

  it('is read by the office before it is public, and by nobody else', async () => {
    expect((await get()).status).toBe(404);
    expect((await get('/preview')).status).toBe(401);
    expect((await get('/preview', { as: { sub: 'desk', roles: ['desk'] } })).status).toBe(403);
    const { status, body: preview } = await get('/preview', { as: director });
    expect(status).toBe(200);
    expect(preview.persons).toEqual({ planned: { value: 30 }, served: { value: null, why: 'TOO_FEW_PERSONS' } });
    const [tele, transport] = preview.services;
    expect(tele).toMatchObject({
      persons: { planned: { value: 20 }, qualified: { value: 6 }, served: { value: 6 } },
      units: [{ unit: 'HOUR', delivered: { value: 32 }, accepted: { value: 14 } }],
      costs: { planned: { value: 1_500_000 }, actual: { value: 900_000 } },
      contractors: { bodies: [{ kind: 'NGO' }], naturalPersons: 0 },
    });
    expect(transport).toMatchObject({
      persons: { served: { value: null, why: 'TOO_FEW_PERSONS' } },
      units: [{ delivered: { value: null, why: 'TOO_FEW_PERSONS' } }],
      contractors: { bodies: [], naturalPersons: 1 },
    });
    expect(preview.costs.actual).toEqual({ value: 900_000 });
    // Ten applications and allocations of two events each, ten deliveries accepted and six only recorded, two settlements approved.
    expect(preview.positions.map(({ copy, position }) => [copy, position])).toEqual([
      ['applications', 20],
      ['allocations', 20],
      ['deliveries', 26],
      ['settlements', 2],
    ]);
  });

  it('cannot be made while the programme is in force', async () => {
    expect(problem(await publish())).toEqual([409, 'wrong-state']);
  });

  it('is asked for when its term comes near and when it has passed, however long nobody looked', async () => {
    const { body: ended } = await scenario.post(`/programmes/${programme.id}/end`, {
      body: { endedOn: '2026-03-01' },
      ifMatch: programme.version,
    });
    const { service } = scenario;
    now = new Date('2026-07-09T10:00:00Z');
    const overdue = await service.published('catalogue.programme.closing-information-overdue.v1', programme.id);
    const due = service.events('catalogue.programme.closing-information-due.v1');
    expect([due.map(({ data }) => data), overdue.data]).toEqual([
      [{ endedOn: '2026-03-01', dueOn: '2026-07-01' }],
      { endedOn: '2026-03-01', dueOn: '2026-07-01' },
    ]);
    programme = { ...ended, version: Number(overdue.sequence) };
    expect(programme.version).toBe(ended.version + 2);
  }, 30_000);

  it('is refused with a list of contractors that is not whole, and changes nothing', async () => {
    expect(problem(await publish({ body: { ...body, contractors: [] } }))).toEqual([422, 'contractor-unnamed']);
    const named = [...body.contractors, { providerId: natural, name: 'Jan Kowalski' }];
    expect(problem(await publish({ body: { ...body, contractors: named } }))).toEqual([422, 'contractor-not-to-name']);
    expect(problem(await publish({ ifMatch: 1 }))).toEqual([412, 'stale-version']);
    expect((await get()).status).toBe(404);
  });

  it('is fixed once, for all to read, with its term and its event', async () => {
    const key = uuidv7();
    const [first, again] = [await publish({ key }), await publish({ key })];
    expect([first.status, first.body]).toEqual([200, { id: programme.id, version: programme.version + 1 }]);
    expect(again.body).toEqual(first.body);
    expect(problem(await publish())).toEqual([412, 'stale-version']);
    expect(problem(await publish({ ifMatch: first.body.version }))).toEqual([409, 'wrong-state']);
    const { data } = await scenario.service.published(
      'catalogue.programme.closing-information-published.v1',
      programme.id,
    );
    const days = { endedOn: '2026-03-01', dueOn: '2026-07-01', publishedOn: '2026-07-09' };
    expect(data).toEqual(days);
    const { body: document } = await get();
    expect(document).toMatchObject({
      ...days,
      execution: body['execution'],
      monitoring: [{ indicator: { pl: 'Liczba osób' }, result: { pl: 'Sześć osób' } }],
      costs: {
        planned: { value: 1_500_000 },
        actual: { value: 1_400_000, correction: { from: 900_000, reason: 'Z ewidencji księgowej' } },
      },
      services: [{ contractors: { bodies: [{ name: 'Stowarzyszenie Razem' }] } }, { serviceCode: 'transport' }],
    });
    const { body: seen } = await scenario.service.http('GET', `/programmes/${programme.id}`);
    expect(seen).toMatchObject({
      state: 'REPORTED',
      closingInformation: { dueOn: '2026-07-01', publishedOn: '2026-07-09' },
    });
  });

  it('stays as it was fixed, whatever happens afterwards', async () => {
    const before = await get();
    const [offerId] = (
      await scenario.service.sql<{ id: string }>(
        `select id from service_offer where content->>'serviceCode' = 'transport'`,
      )
    ).map(({ id }) => id);
    for (let more = 0; more < 6; more += 1)
      await scenario.serves(uuidv7(), offerId!, natural, [{ on: '2025-05-01', hours: 1, accepted: true }]);
    await scenario.heard();
    expect((await get()).body).toEqual(before.body);
    expect((await get('/preview', { as: organiser })).body.services[1]?.persons.served).toEqual({ value: 9 });
    await expect(scenario.service.sql(`update closing_information set document = '{}'`)).rejects.toThrow(
      'does not change',
    );
    await expect(scenario.service.sql('delete from closing_information')).rejects.toThrow('does not change');
  });

  it('is a table and a print as well, and in no form tells of a person', async () => {
    const { status, headers, body: csv } = await scenario.service.http<string>('GET', `${path()}.csv`);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
    expect(csv).toContain('Wykaz wykonawców,Teleopieka,,Stowarzyszenie Razem (organizacja pozarządowa)\r\n');
    const pdf = await scenario.service.http<string>('GET', `${path()}.pdf`);
    expect([pdf.status, pdf.headers.get('content-type'), pdf.body.slice(0, 8)]).toEqual([
      200,
      'application/pdf',
      '%PDF-1.7',
    ]);
    const told = csv + JSON.stringify((await get()).body);
    for (const id of [...people, natural]) expect(told).not.toContain(id);
  });

  it('rests on copies that can each be made anew', async () => {
    expect(await scenario.differing(process.env['TEST_NATS_URL'] ?? '')).toEqual([]);
  }, 60_000);
});
