import type { Changed } from '@okienko/chassis/http';
import { applicationWaitlistedV1 } from '@okienko/contracts/cases/application-waitlisted.v1';
import { applicationSubmittedV1 } from '@okienko/contracts/cases/application-submitted.v1';
import { event } from '@okienko/contracts/event';
import type { Call } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { director, gmina, organiser, Scenario } from '../scenario';
import type { YearlyReportView } from './yearly-reports.dto';

describe('yearly reports over HTTP', () => {
  let scenario: Scenario;
  let now = new Date('2025-12-31T12:00:00Z');
  let report: Changed;
  const people = Array.from({ length: 7 }, () => uuidv7());

  beforeAll(async () => {
    scenario = await Scenario.start(() => now);
    const programme = await scenario.programmeInForce();
    const offerId = await scenario.offer(programme.id, 'teleopieka');
    const ngo = await scenario.provider('NGO');
    for (const person of people)
      await scenario.serves(person, offerId, ngo, [
        { on: '2025-04-01', hours: 2, accepted: true },
        { on: '2025-05-01', hours: 5, accepted: false },
        { on: '2026-01-02', hours: 7, accepted: true },
      ]);
    // Of another gmina, and of the same one by its other digit.
    await scenario.serves(uuidv7(), offerId, ngo, [{ on: '2025-04-01', hours: 1, accepted: true }], '0609013');
    await scenario.serves(uuidv7(), offerId, ngo, [{ on: '2025-04-01', hours: 1, accepted: true }], '2861014');
    for (let waiting = 0; waiting < 5; waiting += 1) {
      const [applicationId, itemId, personId] = [uuidv7(), uuidv7(), uuidv7()];
      const filed = { personId, applicantRole: 'PERSON', channel: 'DESK', filedAt: '2025-11-02T08:00:00Z' } as const;
      await scenario.tell(
        event(applicationSubmittedV1, applicationId, { ...filed, items: [{ itemId, offerId }] }, gmina),
      );
      const waits = { itemId, personId, offerId, programmeId: programme.id };
      await scenario.tell(event(applicationWaitlistedV1, applicationId, waits, gmina));
    }
    await scenario.settled(offerId, '2025-04-01', 90_000);
    await scenario.settled(offerId, '2025-12-01', 12_345);
    await scenario.settled(offerId, '2026-01-01', 7777);
    await scenario.heard();
  }, 60_000);
  afterAll(() => scenario.service.stop());

  const generate = (call: Call = {}) =>
    scenario.post('/yearly-reports', { body: { terc: gmina, year: 2025 }, ...call });
  const get = (suffix = '', call: Call = {}) =>
    scenario.service.http<YearlyReportView>('GET', `/yearly-reports/${report.id}${suffix}`, call);
  const additions = { summary: { pl: 'Dobry rok' }, surveyConclusions: { pl: 'Potrzeby rosną' } };
  const approve = (call: Call = {}) =>
    scenario.post(`/yearly-reports/${report.id}/approval`, {
      as: director,
      body: additions,
      ifMatch: report.version,
      ...call,
    });
  const problem = ({ status, body: of }: { status: number; body: object }): unknown => [
    status,
    (of as { type: string }).type.split('/').at(-1),
  ];

  it('are made once the year is over, one for each gmina and year', async () => {
    expect(problem(await generate())).toEqual([422, 'year-not-over']);
    now = new Date('2026-02-01T12:00:00Z');
    const key = uuidv7();
    const [first, again] = [await generate({ key }), await generate({ key })];
    expect([first.status, first.body.version, again.body]).toEqual([201, 1, first.body]);
    for (const terc of [gmina, '2861014'])
      expect(problem(await generate({ body: { terc, year: 2025 } }))).toEqual([409, 'yearly-report-exists']);
    report = first.body;
    const { data } = await scenario.service.published('catalogue.yearly-report.generated.v1', report.id);
    expect(data).toEqual({ terc: gmina, year: 2025 });
  });

  it('are the centre’s own until the director has approved', async () => {
    expect((await get()).status).toBe(404);
    expect((await get('/report.pdf')).status).toBe(404);
    const { body } = await get('', { as: organiser });
    expect(body).toMatchObject({
      state: 'GENERATED',
      programmes: [{ name: { pl: 'Program przykładowy' }, validFrom: '2021-01-01' }],
      requests: { filed: { value: 13 }, qualified: { value: 8 }, refused: { value: 0 } },
      served: { value: 8 },
      services: [{ unit: 'HOUR', served: { value: 8 }, accepted: { value: 15 } }],
      contractors: [{ kind: 'NGO', contractors: 1 }],
      costs: { planned: { why: 'NOT_RECORDED' }, actual: { value: 102_345 } },
    });
    expect(body.areas.find(({ area }) => area === 'pomoc-spoleczna')?.served).toEqual({ value: 8 });
  });

  it('are taken anew while they wait, and count who waited when the year ended', async () => {
    const { sql } = scenario.service;
    const waitingIn = async (): Promise<object> => {
      const again = await scenario.post(`/yearly-reports/${report.id}/generation`, { ifMatch: report.version });
      expect([again.status, again.body.version]).toEqual([200, report.version + 1]);
      report = again.body;
      return (await get('', { as: organiser })).body.requests.waitingAtEnd;
    };
    const settle = (on: string) =>
      sql(
        `update application_item_copy set settled_on = $1 where item_id = (
           select item_id from application_item_copy where waitlisted_on is not null and settled_on is null limit 1)`,
        [on],
      );
    // The day of an event is the day of the test.
    await sql(`update application_item_copy set waitlisted_on = '2026-01-01' where waitlisted_on is not null`);
    expect(await waitingIn()).toEqual({ value: 0 });
    await sql(`update application_item_copy set waitlisted_on = '2025-12-31' where waitlisted_on is not null`);
    await settle('2026-01-01');
    expect(await waitingIn()).toEqual({ value: 5 });
    await settle('2025-12-31');
    expect(await waitingIn()).toEqual({ value: null, why: 'TOO_FEW_PERSONS' });
  });

  it('are fixed by the director alone, once, and are public then', async () => {
    expect((await approve({ as: organiser })).status).toBe(403);
    expect(problem(await approve({ ifMatch: 1 }))).toEqual([412, 'stale-version']);
    const key = uuidv7();
    const [first, again] = [await approve({ key }), await approve({ key })];
    expect([first.status, first.body.version, again.body]).toEqual([200, 5, first.body]);
    report = first.body;
    expect(problem(await approve())).toEqual([409, 'wrong-state']);
    const { data } = await scenario.service.published('catalogue.yearly-report.approved.v1', report.id);
    expect(data).toEqual({ terc: gmina, year: 2025, approvedOn: '2026-02-01' });
    expect((await get()).body).toMatchObject({ state: 'APPROVED', approvedOn: '2026-02-01', ...additions });
    const { body: listed } = await scenario.service.http<{ items: object[] }>('GET', `/yearly-reports?terc=${gmina}`);
    expect(listed.items).toEqual([
      { id: report.id, version: 5, state: 'APPROVED', terc: gmina, year: 2025, approvedOn: '2026-02-01' },
    ]);
    await expect(scenario.service.sql('update yearly_report set year = 2024')).rejects.toThrow('does not change');
  });

  it('are tables and prints as well, and in no form tell of a person', async () => {
    const csv = await scenario.service.http<string>('GET', `/yearly-reports/${report.id}/report.csv`);
    expect([csv.status, csv.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
    expect(csv.body).toContain('Osoby według obszarów usług,pomoc społeczna,Osoby,8\r\n');
    const pdf = await scenario.service.http<string>('GET', `/yearly-reports/${report.id}/report.pdf`);
    expect([pdf.status, pdf.headers.get('content-type'), pdf.body.slice(0, 8)]).toEqual([
      200,
      'application/pdf',
      '%PDF-1.7',
    ]);
    const told = csv.body + JSON.stringify((await get()).body);
    for (const person of people) expect(told).not.toContain(person);
  });
});
