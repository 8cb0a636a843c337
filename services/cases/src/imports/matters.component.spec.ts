import { addDays } from '@okienko/contracts/calendar';
import { v7 as uuidv7 } from 'uuid';
import { coordinator, desk, director, gmina, type Json, problemOf, Scenario, today } from '../scenario';
import { imported, nameOf, source } from './import-scenario';

jest.setTimeout(60_000);
let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

let serial = 0;
/** External ids of so many persons who have been taken over, with their ids here. */
async function persons(count: number): Promise<[string, string][]> {
  const rows = Array.from({ length: count }, () => ({
    externalId: `K-${(serial += 1)}`,
    pesel: scenario.pesel(),
    givenName: 'Ewa',
    familyName: nameOf(serial),
    terc: gmina,
  }));
  const reports = await imported(scenario, 'PERSONS', rows);
  return reports.map(({ externalId, subjectId }) => [externalId ?? '', subjectId ?? '']);
}
const application = (personExternalId: string, offerId: string, more: Json = {}): Json => ({
  externalId: `W-${(serial += 1)}`,
  personExternalId,
  applicantRole: 'PERSON',
  channel: 'DESK',
  filedAt: addDays(today, -60),
  clauseVersion: '2020-01-01',
  offerId,
  state: 'SUBMITTED',
  ...more,
});
const granted = {
  state: 'QUALIFIED',
  noticeNumber: 'KU/17/2025',
  qualifiedOn: addDays(today, -40),
  grantedUntil: addDays(today, 100),
};

describe('an open application', () => {
  it('keeps its day of filing and where it comes from; of its clocks what they say today is told, once', async () => {
    const { offerId } = await scenario.offer(2);
    const [[externalId, personId] = ['', '']] = await persons(1);
    const row = application(externalId, offerId, { quantity: 6 });
    const [report] = await imported(scenario, 'APPLICATIONS', [row]);
    expect(report).toMatchObject({ outcome: 'CREATED' });
    const id = report?.subjectId ?? '';
    expect((await scenario.get(`/applications/${id}`, coordinator)).body).toMatchObject({
      personId,
      state: 'SUBMITTED',
      filedAt: new Date(`${addDays(today, -60)}T00:00:00+01:00`).toISOString(),
      importedFrom: { source, externalId: row['externalId'] },
      items: [{ offerId, quantity: 6, state: 'SUBMITTED' }],
    });
    expect((await scenario.service.published('cases.application.submitted.v1', id)).data).toMatchObject({
      imported: true,
    });
    const [deadline] = await scenario.service.sql<{ id: string }>('select id from deadline where subject_id = $1', [
      id,
    ]);
    await scenario.service.eventually(
      async () => expect(await scenario.facts(deadline?.id ?? '')).toEqual(['deadline.missed']),
      20_000,
    );
    expect((await imported(scenario, 'APPLICATIONS', [row]))[0]).toMatchObject({ outcome: 'UNCHANGED', subjectId: id });
    const own = await scenario.file([offerId]);
    expect((await scenario.get(`/applications/${own.id}`, coordinator)).body['importedFrom']).toBeNull();
    expect((await scenario.service.published('cases.application.submitted.v1', own.id)).data).not.toHaveProperty(
      'imported',
    );
  });

  it('is one from all its lines, and what was granted takes its place here', async () => {
    const [care, meals] = [await scenario.offer(1), await scenario.offer(1)];
    const [[first] = [''], [second] = ['']] = await persons(2);
    const row = application(first, care.offerId, granted);
    const { noticeNumber, qualifiedOn, grantedUntil, ...rest } = row;
    expect([noticeNumber, qualifiedOn, grantedUntil]).not.toContain(undefined);
    const rows = [row, { ...rest, offerId: meals.offerId, state: 'SUBMITTED' }];
    const full = application(second, care.offerId, granted);
    const tried = await imported(scenario, 'APPLICATIONS', [...rows, full], { dryRun: true });
    const reports = await imported(scenario, 'APPLICATIONS', [...rows, full]);
    expect(reports).toMatchObject([
      { row: 1, outcome: 'CREATED' },
      { row: 3, outcome: 'REFUSED', code: 'limit-reached' },
    ]);
    expect(tried.map(({ outcome, code }) => [outcome, code])).toEqual(
      reports.map(({ outcome, code }) => [outcome, code]),
    );
    const id = reports[0]?.subjectId ?? '';
    const { body } = await scenario.get(`/applications/${id}`, coordinator);
    const items = body['items'] as Json[];
    expect(items.find((item) => item['offerId'] === care.offerId)).toMatchObject({
      state: 'QUALIFIED',
      programmeVersion: 1,
      notice: { number: noticeNumber, qualifiedOn, grantedUntil },
    });
    expect(items.find((item) => item['offerId'] === meals.offerId)).toMatchObject({ state: 'SUBMITTED' });
    expect((await scenario.service.published('cases.application.qualified.v1', id)).data).toMatchObject({
      imported: true,
      qualifiedOn,
    });
    expect(
      await scenario.service.sql('select taken from programme_service where programme_id = $1', [care.programmeId]),
    ).toEqual([{ taken: 1 }]);
    // Nobody is qualified for a place that is taken.
    const late = await scenario.file([care.offerId]);
    expect(problemOf(await scenario.actOnItem(late, late.itemIds[0] ?? '', 'qualification'))).toEqual([
      409,
      'limit-reached',
    ]);
  });

  it('that waits for nothing has no clock', async () => {
    const { offerId } = await scenario.offer(1);
    const [[externalId] = ['']] = await persons(1);
    const [report] = await imported(scenario, 'APPLICATIONS', [application(externalId, offerId, granted)]);
    expect(await scenario.clocks(report?.subjectId ?? '')).toMatchObject([{ kind: 'QUALIFICATION', ending: 'MET' }]);
  });

  it('is refused for its fault, and leaves nothing', async () => {
    const { offerId } = await scenario.offer(5);
    const [[person] = ['']] = await persons(1);
    const refused: [Json, string, string | null][] = [
      [application('nobody', offerId), 'person-not-imported', 'personExternalId'],
      [application(person, uuidv7()), 'offer-not-open', 'offerId'],
      [application(person, 'x'), 'field-wrong', 'offerId'],
      [application(person, offerId, { quantity: 'x' }), 'field-wrong', 'quantity'],
      [application(person, offerId, { filedAt: addDays(today, 2) }), 'filed-in-the-future', 'filedAt'],
      [application(person, offerId, { filedAt: '1.2.2026' }), 'field-wrong', 'filedAt'],
      [application(person, offerId, { clauseVersion: '1999' }), 'clause-not-in-force', 'clauseVersion'],
      [application(person, offerId, { state: 'REFUSED' }), 'field-wrong', 'state'],
      [application(person, offerId, { ...granted, noticeNumber: null }), 'field-wrong', 'noticeNumber'],
      [application(person, offerId, { ...granted, qualifiedOn: addDays(today, 1) }), 'day-in-the-future', null],
      [
        application(person, offerId, { ...granted, qualifiedOn: addDays(today, -70) }),
        'period-reversed',
        'qualifiedOn',
      ],
      [application(person, offerId, { ...granted, grantedUntil: addDays(today, -1) }), 'grant-over', 'grantedUntil'],
      [
        application(person, offerId, { ...granted, grantedUntil: addDays(today, 900) }),
        'period-reversed',
        'grantedUntil',
      ],
    ];
    const before = await scenario.service.sql('select count(*) from application');
    const reports = await imported(
      scenario,
      'APPLICATIONS',
      refused.map(([row]) => row),
    );
    expect(reports.map(({ code, field }) => [code, field])).toEqual(refused.map(([, code, field]) => [code, field]));
    expect(await scenario.service.sql('select count(*) from application')).toEqual(before);
    expect(
      await scenario.service.sql(
        'select taken from programme_service s join offer o using (programme_id) where o.id = $1',
        [offerId],
      ),
    ).toEqual([{ taken: 0 }]);
  });
});

describe('a household', () => {
  it('is formed from its lines, each person in one of them', async () => {
    const [[anna, annaId] = ['', ''], [jan, janId] = ['', '']] = await persons(2);
    const member = (externalId: string, personExternalId: string, relation: string): Json => ({
      externalId,
      personExternalId,
      relation,
      from: '2020-03-01',
    });
    const rows = [member('GD-1', anna, 'REFERENCE'), member('GD-2', jan, 'REFERENCE'), member('GD-1', jan, 'CHILD')];
    const tried = await imported(scenario, 'HOUSEHOLDS', rows, { dryRun: true });
    const reports = await imported(scenario, 'HOUSEHOLDS', rows);
    expect(reports).toMatchObject([
      { externalId: 'GD-1', outcome: 'CREATED' },
      { externalId: 'GD-2', outcome: 'REFUSED', code: 'in-another-household', field: 'personExternalId' },
    ]);
    expect(tried.map(({ outcome, code }) => [outcome, code])).toEqual(
      reports.map(({ outcome, code }) => [outcome, code]),
    );
    const { body } = await scenario.get(`/households?personId=${janId}`, desk);
    expect((body['items'] as Json[])[0]).toMatchObject({ id: reports[0]?.subjectId });
    expect(JSON.stringify(body)).toContain(annaId);
  });
});

describe('a matter that is over', () => {
  it('is kept to be read, sealed, and was not done here', async () => {
    const [[externalId, personId] = ['', '']] = await persons(1);
    const words = {
      title: 'Usługi opiekuńcze',
      from: '2019-02-01',
      to: '2021-01-31',
      outcome: 'Zakończone na wniosek',
    };
    const row = { externalId: 'S-1', personExternalId: externalId, ...words };
    const [report] = await imported(scenario, 'HISTORY', [row]);
    const id = report?.subjectId ?? '';
    const view = { id, personId, unit: 'main', ...words, importedFrom: { source, externalId: 'S-1' } };
    expect((await scenario.get(`/past-matters?personId=${personId}`, desk)).body).toEqual({ items: [view] });
    expect((await scenario.get(`/past-matters?personId=${personId}`, { ...desk, unit: 'north' })).body).toEqual({
      items: [],
    });
    expect(await scenario.facts(id)).toEqual(['past-matter.recorded']);
    expect((await scenario.service.published('cases.past-matter.recorded.v1', id)).data).toEqual({ personId });
    expect((await scenario.accesses(personId)).map(({ act, groups }) => [act, groups])).toEqual([
      ['WRITE', ['IDENTITY']],
      ['WRITE', ['HISTORY']],
      ['READ', ['HISTORY']],
    ]);
    const [stored] = await scenario.service.sql<{ words: string }>(
      `select encode(words, 'escape') as words from past_matter where id = $1`,
      [id],
    );
    expect(stored?.words).not.toContain('opieku');
    const wrong = [
      { ...row, externalId: 'S-2', to: '2018-01-01' },
      { ...row, externalId: 'S-3', to: addDays(today, 1) },
    ];
    expect((await imported(scenario, 'HISTORY', wrong)).map(({ code }) => code)).toEqual([
      'period-reversed',
      'day-in-the-future',
    ]);
  });
});

describe('a case elsewhere', () => {
  it('is referred to once', async () => {
    const [[externalId, personId] = ['', '']] = await persons(1);
    const row = {
      externalId: 'P-1',
      personExternalId: externalId,
      system: 'POMOST',
      number: '17/2026',
      kindCode: 'ZASILEK_STALY',
      status: 'OPEN',
      from: '2026-01-01',
    };
    const rows = [row, { ...row, externalId: 'P-2' }];
    const tried = await imported(scenario, 'EXTERNAL_CASES', rows, { dryRun: true });
    const reports = await imported(scenario, 'EXTERNAL_CASES', rows);
    expect(reports).toMatchObject([{ outcome: 'CREATED' }, { outcome: 'REFUSED', code: 'external-case-exists' }]);
    expect(tried.map(({ outcome, code }) => [outcome, code])).toEqual(
      reports.map(({ outcome, code }) => [outcome, code]),
    );
    expect((await scenario.get(`/external-cases?personId=${personId}`, director)).body['items']).toMatchObject([
      { id: reports[0]?.subjectId, number: '17/2026', kindCode: 'ZASILEK_STALY' },
    ]);
  });
});
