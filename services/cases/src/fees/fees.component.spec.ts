import { addDays } from '@okienko/contracts/calendar';
import type { FeeData } from '@okienko/contracts/fees/schema';
import { generateNrb } from '@okienko/identifiers/nrb-generator';
import { isRf } from '@okienko/identifiers/rf';
import type { Answer } from '@okienko/testing/service-test';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import {
  coordinator,
  desk,
  director,
  finance,
  idOf,
  type Json,
  organiser,
  problemOf,
  type Qualified,
  Scenario,
  today,
} from '../scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

const daily: FeeData = { rule: 'FLAT', grosze: 100, per: 'DAY' };
const relieved: FeeData = { ...daily, reliefs: [{ code: 'HARDSHIP', percent: 50, reasons: ['FIRE'] }] };
const byIncome: FeeData = {
  rule: 'TABLE_BY_INCOME',
  tables: [
    {
      validFrom: '2020-01-01',
      costGrosze: 2400,
      unit: 'HOUR',
      basis: 'CRITERION_PERCENT',
      rows: [
        { upTo: 100, singlePercent: 0, familyPercent: 0 },
        { singlePercent: 50, familyPercent: 60 },
      ],
    },
  ],
};

let accounts = 0;
const nrb = (): string => generateNrb((accounts += 1));
const tenDays = (more: Json = {}): Json => ({ from: today, to: addDays(today, 9), virtualAccount: nrb(), ...more });

async function qualifiedAt(fee?: FeeData): Promise<Qualified> {
  const { offerId } = await scenario.offer(9, fee ? { terms: { fee } } : {});
  return scenario.qualified(offerId);
}
const assess = ({ id, itemId }: Qualified, as: object, body: Json = tenDays(), key?: string): Promise<Answer<Json>> =>
  scenario.post(`/applications/${id}/items/${itemId}/fee`, as, body, undefined, key ? { key } : {});
const trial = ({ id, itemId }: Qualified, body: Json = {}): Promise<Answer<Json>> =>
  scenario.post(`/applications/${id}/items/${itemId}/fee-trial`, coordinator, {
    from: today,
    to: addDays(today, 9),
    ...body,
  });
const view = async (id: string): Promise<Json> => (await scenario.get(`/fees/${id}`, finance)).body;
const clocks = (applicationId: string): Promise<Json[]> =>
  scenario.service.sql(
    `select due_on as "dueOn", awaited, ending from deadline where kind = 'FEE_PAYMENT' and application_id = $1 order by due_on`,
    [applicationId],
  );

describe('assessing a fee (art. 42(1))', () => {
  it('charges by the programme, names an account and a reference, and tells only amounts', async () => {
    const application = await qualifiedAt(daily);
    const virtualAccount = nrb();
    const answer = await assess(application, coordinator, tenDays({ virtualAccount }));
    const id = idOf(answer);
    const total = (answer.body['charges'] as { grosze: number }[]).reduce((sum, { grosze }) => sum + grosze, 0);
    expect(total).toBe(1000);
    expect(answer.body).toMatchObject({
      state: 'ASSESSED',
      per: 'DAY',
      grosze: 100,
      openGrosze: 1000,
      account: virtualAccount,
    });
    expect(isRf(String(answer.body['reference']))).toBe(true);
    const { personId, id: applicationId, itemId } = application;
    expect(await scenario.service.published('cases.fee.assessed.v1', id)).toMatchObject({
      data: { applicationId, itemId, personId, per: 'DAY', grosze: 100, chargedGrosze: 1000, state: 'ASSESSED' },
    });
    expect(await clocks(applicationId)).toMatchObject(
      (answer.body['charges'] as Json[]).map(({ dueOn }) => ({ dueOn, awaited: 'APPLICANT', ending: null })),
    );
    expect(await view(id)).toMatchObject({
      assessments: [
        { from: today, by: coordinator.sub, steps: [expect.stringContaining('Opłata stała'), expect.anything()] },
      ],
      roundings: expect.arrayContaining([expect.objectContaining({ code: 'PERCENT', direction: 'DOWN' })]),
      balance: { chargedGrosze: 1000, openGrosze: 1000, paidGrosze: 0, currency: 'PLN' },
    });
    const acts = (await scenario.accesses(personId)).filter(({ groups }) => (groups as string[]).includes('FEE'));
    expect(acts).toMatchObject([
      { act: 'WRITE', actor: coordinator.sub },
      { act: 'READ', actor: finance.sub },
    ]);
  });

  it('is done once: a repeated request gets the same answer, another one is told so', async () => {
    const application = await qualifiedAt(daily);
    const [body, key] = [tenDays(), uuidv7()];
    const first = await assess(application, coordinator, body, key);
    expect((await assess(application, coordinator, body, key)).body).toEqual(first.body);
    expect(problemOf(await assess(application, coordinator))).toEqual([409, 'fee-exists']);
    expect(await scenario.facts(idOf(first))).toEqual(['fee.assessed']);
    expect(problemOf(await assess(await qualifiedAt(daily), coordinator, body))).toEqual([
      409,
      'virtual-account-taken',
    ]);
  });

  it('finds nothing due where the programme says nothing of a fee, and needs no account then', async () => {
    const answer = await assess(await qualifiedAt(), coordinator, { from: today, to: today });
    expect(answer).toMatchObject({
      status: 201,
      body: { state: 'NOT_DUE', charges: [], openGrosze: 0, account: null },
    });
  });

  it('does not guess: it names the facts that are missing', async () => {
    const application = await qualifiedAt(byIncome);
    const refused = await assess(application, coordinator);
    expect(problemOf(refused)).toEqual([422, 'fee-unknown']);
    expect(refused.body['errors']).toEqual([
      { pointer: '/household', detail: expect.any(String) },
      { pointer: '/incomePerPersonGrosze', detail: expect.any(String) },
    ]);
    expect(await trial(application)).toMatchObject({
      status: 200,
      body: {
        outcome: 'UNKNOWN',
        amount: { leastGrosze: 0, mostGrosze: 1440 },
        missing: [{ pointer: '/household' }, { pointer: '/incomePerPersonGrosze' }],
      },
    });
    expect(await scenario.service.sql('select 1 from fee where application_id = $1', [application.id])).toEqual([]);
  });

  it('takes an amount in words from a person, and only there', async () => {
    const stated = { grosze: 700, per: 'DAY', basis: '§ 7 programu' };
    expect(await assess(await qualifiedAt({ rule: 'FLAT' }), coordinator, tenDays({ stated }))).toMatchObject({
      status: 201,
      body: { grosze: 700, openGrosze: 7000 },
    });
    expect(problemOf(await assess(await qualifiedAt(daily), coordinator, tenDays({ stated })))).toEqual([
      422,
      'fee-by-rule',
    ]);
  });

  it('grants a relief at discretion by those who answer for it, and keeps why to itself', async () => {
    const application = await qualifiedAt(relieved);
    const reliefsGranted = [{ code: 'HARDSHIP', reason: 'FIRE' }];
    expect(problemOf(await assess(application, coordinator, tenDays({ reliefsGranted })))).toEqual([
      403,
      'relief-not-yours',
    ]);
    const other = [{ code: 'HARDSHIP', reason: 'PITY' }];
    expect(problemOf(await assess(application, organiser, tenDays({ reliefsGranted: other })))).toEqual([
      422,
      'relief-not-in-programme',
    ]);
    expect(await trial(application, { reliefsGranted })).toMatchObject({ body: { amount: { mostGrosze: 50 } } });
    const answer = await assess(application, organiser, tenDays({ reliefsGranted }));
    expect(answer).toMatchObject({ status: 201, body: { grosze: 50 } });
    const id = idOf(answer);
    const [row] = await scenario.service.sql<{ row: string }>(
      `select fee::text || encode(words, 'escape') as row from fee where id = $1`,
      [id],
    );
    const kept = await scenario.service.sql<{ result: string }>('select result::text from idempotency_key');
    const outbox = await scenario.service.sql<{ event: string }>(
      'select event::text from outbox where aggregate_id = $1',
      [id],
    );
    for (const text of [row!.row, ...kept.map(({ result }) => result), ...outbox.map(({ event }) => event)])
      expect(text).not.toMatch(/FIRE|HARDSHIP|Ulga/);
    expect(await view(id)).toMatchObject({ assessments: [{ reliefsGranted }] });
  });

  it('is refused for what is not qualified, without an account, for a wrong time, and to whom it is not for', async () => {
    const { offerId } = await scenario.offer(9, { terms: { fee: daily } });
    const filed = await scenario.file([offerId]);
    const waiting = { ...filed, itemId: filed.itemIds[0] ?? '', providerId: '' };
    expect(problemOf(await assess(waiting, coordinator))).toEqual([409, 'wrong-state']);
    expect(await trial(waiting)).toMatchObject({
      status: 200,
      body: { outcome: 'KNOWN', instalments: expect.any(Array) },
    });
    const application = await qualifiedAt(daily);
    expect(problemOf(await assess(application, coordinator, { from: today, to: today }))).toEqual([
      422,
      'account-missing',
    ]);
    expect(problemOf(await assess(application, coordinator, tenDays({ virtualAccount: '0'.repeat(26) })))).toEqual([
      422,
      'account-invalid',
    ]);
    expect(problemOf(await assess(application, coordinator, tenDays({ to: addDays(today, -1) })))).toEqual([
      422,
      'fee-period-wrong',
    ]);
    expect(problemOf(await assess(application, desk))).toEqual([403, 'not-allowed']);
    expect(problemOf(await assess(application, { ...coordinator, providerId: uuidv7() }))).toEqual([
      403,
      'reserved-for-centre',
    ]);
    expect(problemOf(await assess(application, { ...coordinator, unit: 'north' }))).toEqual([404, 'not-found']);
    expect(problemOf(await assess({ ...application, itemId: uuidv7() }, coordinator))).toEqual([404, 'not-found']);
    const visits = await qualifiedAt({ rule: 'PER_UNIT', grosze: 100, unit: 'VISIT' });
    expect(problemOf(await assess(visits, coordinator))).toEqual([422, 'fee-unit-differs']);
  });
});

describe('a revision', () => {
  it('charges the difference from a day on, and an earlier end credits the rest', async () => {
    const application = await qualifiedAt(relieved);
    const id = idOf(await assess(application, coordinator));
    const half = { from: addDays(today, 5), reliefsGranted: [{ code: 'HARDSHIP', reason: 'FIRE' }] };
    const revise = (as: object, version?: number, key?: string): Promise<Answer<Json>> =>
      scenario.post(`/fees/${id}/revision`, as, half, version, key ? { key } : {});
    expect(problemOf(await revise(director))).toEqual([428, 'version-required']);
    expect(problemOf(await revise(director, 7))).toEqual([412, 'stale-version']);
    expect(problemOf(await revise({ ...coordinator, unit: 'north' }, 1))).toEqual([404, 'not-found']);
    expect(problemOf(await revise(coordinator, 1))).toEqual([403, 'relief-not-yours']);
    const key = uuidv7();
    expect(await revise(director, 1, key)).toMatchObject({ status: 200, body: { version: 2, openGrosze: 750 } });
    expect(await revise(director, 1, key)).toMatchObject({ status: 200, body: { version: 2, openGrosze: 750 } });
    expect(await scenario.post(`/fees/${id}/ending`, coordinator, { lastDay: today }, 2)).toMatchObject({
      status: 200,
      body: { version: 3, openGrosze: 100 },
    });
    expect(await scenario.facts(id)).toEqual(['fee.assessed', 'fee.revised', 'fee.revised']);
    expect(await view(id)).toMatchObject({
      to: today,
      balance: { chargedGrosze: 100 },
      assessments: [{}, { from: half.from }],
    });
    const later = { from: addDays(today, 1) };
    expect(problemOf(await scenario.post(`/fees/${id}/revision`, coordinator, later, 3))).toEqual([
      422,
      'outside-fee-period',
    ]);
  });
});

describe('a waiver (art. 44(2))', () => {
  it('is the director’s, and only where the person has resigned', async () => {
    const application = await qualifiedAt(daily);
    const id = idOf(await assess(application, coordinator));
    const waive = (as: object, version: number, more: Json = {}): Promise<Answer<Json>> =>
      scenario.post(`/fees/${id}/waiver`, as, { reason: 'Pani Łoś leży w szpitalu.', ...more }, version);
    expect(problemOf(await waive(director, 1))).toEqual([422, 'not-resigned']);
    expect(await scenario.actOnItem(application, application.itemId, 'withdrawal')).toMatchObject({ status: 200 });
    expect(problemOf(await waive(organiser, 2))).toEqual([403, 'not-allowed']);
    expect(problemOf(await waive(director, 2, { chargeIds: [uuidv7()] }))).toEqual([422, 'nothing-to-waive']);
    expect(await waive(director, 2)).toMatchObject({ status: 200, body: { version: 3 } });
    expect(problemOf(await waive(director, 3))).toEqual([422, 'nothing-to-waive']);
    expect(await scenario.service.published('cases.fee.waived.v1', id)).toMatchObject({ data: { grosze: 100 } });
    expect(await view(id)).toMatchObject({
      state: 'WAIVED',
      balance: { waivedGrosze: 100, openGrosze: 0 },
      waivers: [{ on: today, reason: 'Pani Łoś leży w szpitalu.' }],
    });
    expect((await clocks(application.id)).every(({ ending }) => ending === 'DROPPED')).toBe(true);
  });
});

describe('a resignation', () => {
  const ofAPlan = async (): Promise<{ planId: string; allocationId: string; id: string }> => {
    const { planId, allocationId, offerId, application } = await scenario.approvedPlan();
    await scenario.service.sql(
      `update programme_edition_service set terms = terms || jsonb_build_object('fee', $2::jsonb)
       where programme_id = (select programme_id from offer where id = $1)`,
      [offerId, JSON.stringify(daily)],
    );
    return { planId, allocationId, id: idOf(await assess(application, coordinator)) };
  };
  const waive = async (id: string): Promise<Answer<Json>> =>
    scenario.post(`/fees/${id}/waiver`, director, { reason: 'Wyjazd' }, await scenario.version(`/fees/${id}`));
  const usedToday = { to: today, state: 'ASSESSED', balance: { chargedGrosze: 100, openGrosze: 100 } };

  it('may be from the plan or from the allocation, and no other end of them is one', async () => {
    const [resigned, over, withoutPlan] = [await ofAPlan(), await ofAPlan(), await ofAPlan()];
    await scenario.post(`/plans/${resigned.planId}/end`, coordinator, { reason: 'RESIGNATION' }, 4);
    await scenario.post(`/plans/${over.planId}/end`, coordinator, { reason: 'LEFT_GMINA' }, 4);
    await scenario.service.sql("update allocation set state = 'RESIGNED' where id = $1", [withoutPlan.allocationId]);
    expect(await waive(resigned.id)).toMatchObject({ status: 200 });
    expect(problemOf(await waive(over.id))).toEqual([422, 'not-resigned']);
    expect(await waive(withoutPlan.id)).toMatchObject({ status: 200 });
  });

  it('ends the fee with the service, and moving out does: what was used stays due, the rest is credited, once', async () => {
    const [ofPlan, ofService, moved] = [await ofAPlan(), await ofAPlan(), await ofAPlan()];
    const end = { reason: 'RESIGNATION' };
    await scenario.twice(`/plans/${ofPlan.planId}/end`, coordinator, end, 4);
    const { allocationId } = ofService;
    const version = await scenario.version(`/allocations/${allocationId}`);
    const resignation = await scenario.twice(
      `/allocations/${allocationId}/resignation`,
      coordinator,
      { resignedOn: today },
      version,
    );
    expect(resignation).toMatchObject({ status: 200 });
    await scenario.post(`/plans/${moved.planId}/end`, coordinator, { reason: 'LEFT_GMINA' }, 4);
    for (const { id } of [ofPlan, ofService, moved]) {
      expect(await view(id)).toMatchObject(usedToday);
      expect(await scenario.facts(id)).toEqual(['fee.assessed', 'fee.revised']);
    }
  });

  it('is not what the end of a period is: the fee has one of its own', async () => {
    const { planId, id } = await ofAPlan();
    await scenario.post(`/plans/${planId}/end`, coordinator, { reason: 'PERIOD_OVER' }, 4);
    expect(await view(id)).toMatchObject({ to: addDays(today, 9), balance: { openGrosze: 1000 } });
  });

  it('or a death ends the fee also where nobody serves yet, and nothing is due of what had not begun', async () => {
    const application = await qualifiedAt(daily);
    const begun = idOf(await assess(application, coordinator));
    const { offerId } = await scenario.offer(9, { terms: { fee: daily } });
    const later = await scenario.qualified(offerId, { personId: application.personId });
    const soon = tenDays({ from: addDays(today, 1), to: addDays(today, 10) });
    const toCome = idOf(await assess(later, coordinator, soon));
    const death = { diedOn: today, source: 'FAMILY' };
    const person = `/persons/${application.personId}`;
    await scenario.twice(`${person}/death`, desk, death, await scenario.version(person));
    expect(await view(begun)).toMatchObject(usedToday);
    expect(await view(toCome)).toMatchObject({ balance: { openGrosze: 0 } });
    const correction = { reasonCode: 'ANOTHER_PERSON' };
    const corrected = await scenario.twice(
      `${person}/death-correction`,
      coordinator,
      correction,
      await scenario.version(person),
    );
    expect(corrected).toMatchObject({ status: 200, body: { ended: { fees: [begun, toCome].sort() } } });
    expect(await view(begun)).toMatchObject(usedToday);
    expect(new Set((await clocks(later.id)).map(({ ending }) => ending))).toEqual(new Set(['DROPPED']));
  });
});

describe('a service that is given up before anybody serves', () => {
  it('ends its fee, whether it is withdrawn alone or with the whole application', async () => {
    const [item, whole] = [await qualifiedAt(daily), await qualifiedAt(daily)];
    const ids = [idOf(await assess(item, coordinator)), idOf(await assess(whole, coordinator))];
    const version = async ({ id }: Qualified): Promise<number> => scenario.version(`/applications/${id}`);
    const path = `/applications/${item.id}/items/${item.itemId}/withdrawal`;
    expect(await scenario.twice(path, desk, {}, await version(item))).toMatchObject({ status: 200 });
    const all = await scenario.twice(`/applications/${whole.id}/withdrawal`, desk, {}, await version(whole));
    expect(all).toMatchObject({ status: 200 });
    for (const id of ids) {
      expect(await view(id)).toMatchObject({ to: today, balance: { chargedGrosze: 100 } });
      expect(await scenario.facts(id)).toEqual(['fee.assessed', 'fee.revised']);
    }
  });
});

describe('a revision beside another act', () => {
  it('waits for the application before it takes the fee, as every act on both does', async () => {
    const application = await qualifiedAt(daily);
    const id = idOf(await assess(application, coordinator));
    const source = await new DataSource({ type: 'postgres', url: scenario.service.database.app }).initialize();
    try {
      const revision = await source.transaction(async (other) => {
        await other.query('select from application where id = $1 for update', [application.id]);
        const asked = scenario.post(`/fees/${id}/revision`, coordinator, { from: addDays(today, 5) }, 1);
        const waiting = "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
        await scenario.service.eventually(async () => expect(await other.query(waiting)).not.toHaveLength(0));
        await other.query('select from fee where id = $1 for update nowait', [id]);
        return { asked };
      });
      expect(await revision.asked).toMatchObject({ status: 200, body: { version: 2 } });
    } finally {
      await source.destroy();
    }
  });
});

describe('looking at fees', () => {
  it('finds those of a person under each of their records, once these were merged', async () => {
    const { offerId } = await scenario.offer(9, { terms: { fee: daily } });
    const application = await scenario.qualified(offerId);
    const id = idOf(await assess(application, coordinator));
    const other = await scenario.person();
    const evidence = { evidence: 'IDENTITY_DOCUMENT', reason: 'Ten sam dowód osobisty.' };
    const merging = { duplicateId: application.personId, duplicateVersion: 1, ...evidence };
    expect(await scenario.post(`/persons/${other}/merge`, organiser, merging, 1)).toMatchObject({ status: 200 });
    for (const personId of [other, application.personId]) {
      expect((await scenario.get(`/fees?personId=${personId}`, finance)).body['items']).toMatchObject([{ id }]);
      expect(await scenario.get(`/persons/${personId}/fee-balance`, finance)).toMatchObject({
        body: { chargedGrosze: 1000 },
      });
    }
  });

  it('shows them by person and application to whom they concern, page by page', async () => {
    const { offerId } = await scenario.offer(9, { terms: { fee: daily } });
    const first = await scenario.qualified(offerId);
    const ids = [idOf(await assess(first, coordinator))];
    const second = await scenario.qualified((await scenario.offer(9, { terms: { fee: daily } })).offerId, {
      personId: first.personId,
    });
    ids.push(idOf(await assess(second, coordinator)));
    const page = await scenario.get(`/fees?personId=${first.personId}&limit=1`, coordinator);
    const rest = await scenario.get(`/fees?personId=${first.personId}&after=${String(page.body['next'])}`, coordinator);
    expect([...(page.body['items'] as Json[]), ...(rest.body['items'] as Json[])].map(({ id }) => id)).toEqual(ids);
    expect((await scenario.get(`/fees?applicationId=${second.id}`, finance)).body['items']).toMatchObject([
      { id: ids[1] },
    ]);
    expect(await scenario.get(`/persons/${first.personId}/fee-balance`, finance)).toMatchObject({
      status: 200,
      body: { chargedGrosze: 2000, openGrosze: 2000, currency: 'PLN' },
    });
    const north = { ...finance, unit: 'north' };
    expect((await scenario.get(`/fees?personId=${first.personId}`, north)).body['items']).toEqual([]);
    expect(problemOf(await scenario.get(`/persons/${first.personId}/fee-balance`, north))).toEqual([404, 'not-found']);
    expect(problemOf(await scenario.get(`/fees/${ids[0]}`, north))).toEqual([404, 'not-found']);
    expect(problemOf(await scenario.get(`/fees/${ids[0]}`, desk))).toEqual([403, 'not-allowed']);
    expect(problemOf(await scenario.get('/overdue-fees?after=WyJ4IiwieSJd', finance))).toEqual([
      400,
      'cursor-malformed',
    ]);
  });

  it('finds what is overdue by an index, and every page of it once', async () => {
    const id = idOf(await assess(await qualifiedAt(daily), coordinator));
    await scenario.service.sql(
      `insert into fee select (jsonb_populate_record(f, jsonb_build_object('id', gen_random_uuid(), 'item_id', gen_random_uuid(),
         'reference', 'R' || n, 'is_virtual', false, 'due_on', null, 'unit', case n % 20 when 0 then 'south' else 'east' end,
         'overdue_since', case n % 5 when 0 then current_date - n % 300 end))).* from fee f, generate_series(1, 8000) n where f.id = $1`,
      [id],
    );
    await scenario.service.sql('analyze fee');
    const planOf = async (condition: string, order: string): Promise<string> => {
      const text = `explain (format json) select id from fee where ${condition} order by ${order}, id limit 51`;
      return JSON.stringify(await scenario.service.sql(text));
    };
    const plans = [
      [await planOf("overdue_since is not null and unit = 'south'", 'overdue_since'), 'fee_overdue_by_unit'],
      [await planOf('overdue_since is not null', 'overdue_since'), 'fee_overdue'],
      [await planOf('due_on < current_date', 'due_on'), 'fee_by_day_of_payment'],
    ] as const;
    for (const [plan, index] of plans) {
      expect(plan).toContain(`"Index Name":"${index}"`);
      expect(plan).not.toContain('Sort');
    }
    const seen: string[] = [];
    for (let next: unknown = ''; next !== undefined;) {
      const path = `/overdue-fees?limit=150${next === '' ? '' : `&after=${String(next)}`}`;
      const { body } = await scenario.get(path, { ...finance, unit: 'south' });
      seen.push(...(body['items'] as Json[]).map((row) => `${String(row['overdueSince'])} ${String(row['id'])}`));
      next = body['next'];
    }
    expect(seen).toHaveLength(400);
    expect(new Set(seen).size).toBe(400);
    expect(seen).toEqual([...seen].sort());
  }, 60_000);
});
