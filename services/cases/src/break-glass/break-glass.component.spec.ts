import { Clock } from '@okienko/messaging/clock';
import { verifyAccessLog } from '@okienko/privacy/access-log-verification';
import { coordinator, desk, director, gmina, idOf, type Json, organiser, problemOf, Scenario } from '../scenario';

jest.setTimeout(60_000);

class MovedClock extends Clock {
  hours = 0;
  override now(): Date {
    return new Date(Date.now() + this.hours * 60 * 60_000);
  }
}

const clock = new MovedClock();
let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start(clock)), 60_000);
afterAll(() => scenario.stop());
afterEach(() => (clock.hours = 0));

const elsewhere = { sub: 'kipus-adam', roles: ['coordinator'], unit: 'south' } as const;
const reason = 'Żaneta Łoś leży u nas w poczekalni.';
const open = (personId: string, as = elsewhere as Parameters<Scenario['post']>[1], key?: string) =>
  scenario.post('/break-glass', as, { personId, reason }, undefined, key === undefined ? {} : { key });
const look = (personId: string, glass: string, as: Parameters<Scenario['get']>[1] = elsewhere) =>
  scenario.get(`/persons/${personId}`, as, { 'Okienko-Break-Glass': glass });

describe('break-glass', () => {
  it('opens once under one key, is told without its reason, and keeps that sealed', async () => {
    const personId = await scenario.person();
    const answer = await open(personId, elsewhere, 'once');
    expect(answer).toMatchObject({ status: 201, body: { version: 1 } });
    expect((await open(personId, elsewhere, 'once')).body).toEqual(answer.body);
    const id = idOf(answer);
    const { data } = await scenario.service.published('cases.break-glass.opened.v1', id);
    expect(data).toEqual({
      personId,
      account: 'kipus-adam',
      until: answer.body['until'],
      dueOn: expect.any(String) as string,
    });
    const rows = await scenario.service.sql<Json>('select * from break_glass where person_id = $1', [personId]);
    expect(rows).toMatchObject([{ id, account: 'kipus-adam', account_unit: 'south', unit: 'main' }]);
    expect((rows[0]?.['reason'] as Buffer).toString('latin1')).not.toContain('poczekalni');
    expect(await scenario.get(`/break-glass/${id}`, organiser)).toMatchObject({
      body: { reason, finding: null, looks: 0 },
    });
  });

  it('shows the person for four hours, to the one who opened it', async () => {
    const personId = await scenario.person();
    expect(problemOf(await scenario.get(`/persons/${personId}`, elsewhere))).toEqual([404, 'not-found']);
    const id = idOf(await open(personId));
    expect(await look(personId, id)).toMatchObject({ status: 200, body: { familyName: 'Łoś' } });
    expect(problemOf(await scenario.get(`/persons/${personId}`, elsewhere))).toEqual([404, 'not-found']);
    for (const other of [{ ...elsewhere, sub: 'kipus-else' }, desk])
      expect(problemOf(await look(personId, id, other))).toEqual([403, 'break-glass-over']);
    for (const none of ['x', personId])
      expect(problemOf(await look(personId, none))).toEqual([403, 'break-glass-over']);
    clock.hours = 4;
    expect(problemOf(await look(personId, id))).toEqual([403, 'break-glass-over']);
  });

  it('has every look in the access log under its id', async () => {
    const personId = await scenario.person();
    const id = idOf(await open(personId));
    await look(personId, id);
    await look(personId, id);
    const log = await scenario.service.sql(
      'select actor, act, purpose from access_log where person_id = $1 and actor = $2 order by position',
      [personId, 'kipus-adam'],
    );
    const purpose = `BREAK_GLASS:${id}`;
    expect(log).toEqual([
      { actor: 'kipus-adam', act: 'WRITE', purpose: 'CASE_WORK' },
      { actor: 'kipus-adam', act: 'READ', purpose },
      { actor: 'kipus-adam', act: 'READ', purpose },
    ]);
    expect(await scenario.get(`/break-glass?personId=${personId}`, director)).toMatchObject({
      body: { items: [{ id, looks: 2 }] },
    });
    const query = { query: <Row>(text: string, values: unknown[]) => scenario.service.sql<Row>(text, values) };
    expect((await verifyAccessLog(query)).faults).toEqual([]);
  });

  it.each([
    ['is confidential', 'isAddressConfidential'],
    ['must not be written to', 'suppression'],
  ])('never shows the contact of somebody whose address %s, nor that it is so', async (_, kind) => {
    const personId = await scenario.person();
    const isConfidential = kind === 'isAddressConfidential';
    const contact = { phone: '+48551234567', ...(isConfidential && { isAddressConfidential: true }) };
    expect((await scenario.post(`/persons/${personId}/contact`, desk, contact, 0)).status).toBe(200);
    if (!isConfidential) {
      const danger = { reasonCode: 'DOMESTIC_VIOLENCE' };
      expect(await scenario.post(`/persons/${personId}/contact-suppression`, coordinator, danger, 1)).toMatchObject({
        status: 200,
      });
    }
    const nobody = await scenario.person();
    const [seen, likewise] = [
      await look(personId, idOf(await open(personId))),
      await look(nobody, idOf(await open(nobody))),
    ];
    expect(JSON.stringify(seen.body)).not.toContain('+48551234567');
    const { contact: shown, contactVersion } = seen.body;
    expect({ shown, contactVersion }).toEqual({
      shown: likewise.body['contact'],
      contactVersion: likewise.body['contactVersion'],
    });
    expect(await scenario.get(`/persons/${personId}`, organiser)).toMatchObject({
      body: { contact: { phone: '+48551234567' } },
    });
  });

  it('opens by a PESEL, for who has nothing else', async () => {
    const pesel = scenario.pesel();
    const identifier = { kind: 'PESEL', value: pesel };
    const personId = idOf(
      await scenario.post('/persons', desk, { givenName: 'Ola', familyName: 'Wydra', terc: gmina, identifier }),
    );
    const openBy = (known: Json) => scenario.post('/break-glass', elsewhere, { ...known, reason });
    expect(await openBy({ pesel })).toMatchObject({ status: 201, body: { personId } });
    expect(problemOf(await openBy({ pesel: scenario.pesel() }))).toEqual([404, 'not-found']);
    expect(problemOf(await openBy({ pesel: '123' }))).toEqual([400, 'invalid-request']);
    expect(problemOf(await openBy({}))).toEqual([400, 'invalid-request']);
    expect(await scenario.service.sql('select 1 from break_glass where person_id = $1', [personId])).toHaveLength(1);
  });

  it('is not for what is visible anyway, nor of nobody', async () => {
    const personId = await scenario.person();
    expect(problemOf(await open(personId, coordinator))).toEqual([409, 'visible-anyway']);
    expect(problemOf(await open('0197a000-0000-7000-8000-00000000dead'))).toEqual([404, 'not-found']);
    expect(problemOf(await scenario.post('/break-glass', elsewhere, { personId, reason: 'bo tak' }))).toEqual([
      400,
      'invalid-request',
    ]);
    expect(await scenario.service.sql('select 1 from break_glass where person_id = $1', [personId])).toEqual([]);
  });

  it('follows records that were merged', async () => {
    const named = { givenName: 'Zoja', familyName: 'Merino', terc: gmina };
    const [survivor, duplicate] = [
      idOf(await scenario.post('/persons', desk, named)),
      idOf(await scenario.post('/persons', desk, named)),
    ];
    const merge = { duplicateId: duplicate, duplicateVersion: 1, evidence: 'OWN_STATEMENT', reason: 'Ta sama.' };
    expect((await scenario.post(`/persons/${survivor}/merge`, organiser, merge, 1)).status).toBe(200);
    const id = idOf(await open(survivor));
    expect((await look(survivor, id)).status).toBe(200);
    expect((await look(duplicate, id)).status).toBe(200);
  });

  it('is judged once, by another who answers for the services', async () => {
    const both = { sub: 'ous-adam', roles: ['coordinator'], unit: 'south' } as const;
    const id = idOf(await open(await scenario.person(), both));
    const judge = (as: Parameters<Scenario['post']>[1], version: number, key?: string) =>
      scenario.post(
        `/break-glass/${id}/review`,
        as,
        { finding: 'NOT_JUSTIFIED', note: 'Nikogo nie było w poczekalni.' },
        version,
        key === undefined ? {} : { key },
      );
    const asHead = { ...both, roles: ['services-organiser'] as const };
    expect(problemOf(await judge(asHead, 1))).toEqual([403, 'own-break-glass']);
    expect(problemOf(await judge(organiser, 7))).toEqual([412, 'stale-version']);
    const judged = await judge(organiser, 1, 'judged');
    expect(judged).toMatchObject({ status: 200, body: { version: 2 } });
    expect((await judge(organiser, 1, 'judged')).body).toEqual(judged.body);
    expect(problemOf(await judge(director, 2))).toEqual([409, 'wrong-state']);
    const { data } = await scenario.service.published('cases.break-glass.reviewed.v1', id);
    expect(data).toMatchObject({ account: 'ous-adam', finding: 'NOT_JUSTIFIED', reviewedBy: 'ous-olga' });
    expect(JSON.stringify(data)).not.toContain('poczekalni');
    const waiting = (await scenario.get('/break-glass?state=WAITING', director)).body['items'] as { id: string }[];
    expect(waiting.map((one) => one.id)).not.toContain(id);
    expect(await scenario.get('/break-glass?state=REVIEWED', director)).toMatchObject({
      body: { items: [{ id, finding: 'NOT_JUSTIFIED' }] },
    });
  });
});
