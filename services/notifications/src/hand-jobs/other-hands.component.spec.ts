import { randomUUID } from 'node:crypto';
import { readPdf, textOf } from '@okienko/printing/read-pdf';
import { as, desk, HandScenario, type Json, problemOf } from '../scenario';

jest.setTimeout(60_000);
let scenario: HandScenario;
beforeAll(async () => (scenario = await HandScenario.start()), 60_000);
beforeEach(() => (scenario.clock.days = 0));
afterAll(() => scenario?.stop());

const ade = 'AE:PL-12345-67890-ABCDE-12';
const other = as('desk', 'desk-olga');
const asks = { channels: ['COLLECTION'] };
const contentOf = async (id: string, caller = desk): Promise<string> =>
  (await readPdf(await scenario.pdf(`/hand-jobs/${id}/content`, caller))).pages.map(textOf).join(' ');

describe('a message to be collected', () => {
  it('is printed without an address, and handed out against a signature: sent and received at once', async () => {
    const personId = await scenario.person(asks);
    const job = await scenario.put('COLLECTION', personId);
    expect(job).toMatchObject({ state: 'WAITING', dueOn: scenario.clock.in(14) });
    const said = await contentOf(job.id);
    expect(said).toContain('Twój plan jest zatwierdzony.');
    expect(said).not.toContain('Świętego Ducha');
    const collected = { collectedOn: scenario.clock.today, isSigned: true };
    expect(problemOf(await scenario.act(job, 'collection', { ...collected, isSigned: false }))).toBe(
      '422 signature-missing',
    );
    expect(problemOf(await scenario.act(job, 'dispatch', { sentOn: scenario.clock.today }))).toBe('409 wrong-channel');
    expect(problemOf(await scenario.act(job, 'taking'))).toBe('409 wrong-channel');
    const key = randomUUID();
    const representativeId = randomUUID();
    const act = () =>
      scenario.service.http<Json>('POST', `/hand-jobs/${job.id}/collection`, {
        as: desk,
        body: { ...collected, representativeId },
        ifMatch: job.version,
        key,
      });
    const answers = [await act(), await act()];
    expect(answers.map(({ status, body }) => [status, body])).toEqual(
      [1, 2].map(() => [200, { id: job.id, version: 3 }]),
    );
    expect(await scenario.messageState(job.messageId)).toBe('SENT');
    expect((await scenario.evidenceOf(job.messageId)).map(({ kind, onDay }) => [kind, onDay])).toEqual([
      ['DISPATCHED', scenario.clock.today],
      ['RECEIVED', scenario.clock.today],
    ]);
    const whose = await scenario.service.sql('select collected_by as by from hand_job where id = $1', [job.id]);
    expect(whose).toEqual([{ by: representativeId }]);
    expect(
      scenario.service.events('notifications.hand-job.done.v1').filter(({ subject }) => subject === job.id),
    ).toHaveLength(1);
  });

  it('that nobody came for goes another way, and nobody can collect it any more', async () => {
    const personId = await scenario.person(asks);
    const job = await scenario.put('COLLECTION', personId);
    scenario.clock.days = 15;
    await scenario.service.published('notifications.hand-job.returned.v1', job.id);
    expect(await scenario.job(job.id)).toMatchObject({ state: 'RETURNED', reasonCode: 'NOT_COLLECTED' });
    await scenario.service.published('notifications.task.opened.v1');
    const late = { collectedOn: scenario.clock.today, isSigned: true };
    expect(problemOf(await scenario.act({ ...job, version: 2 }, 'collection', late))).toBe('409 message-settled');
  });
});

describe('a message for e-Doręczenia', () => {
  it('is taken, read with the address, and sent by one clerk alone, with the number of its proof', async () => {
    const personId = await scenario.person({ ade });
    const job = await scenario.put('EDORECZENIA', personId);
    expect((await scenario.job(job.id)) as unknown as Json).toMatchObject({ addressee: { name: 'Żaneta Łoś', ade } });
    await expect(scenario.pdf(`/hand-jobs/${job.id}/content`)).rejects.toThrow('not-readable-now');
    expect(problemOf(await scenario.act(job, 'dispatch', { sentOn: scenario.clock.today }))).toBe('409 wrong-state');
    expect((await scenario.act(job, 'taking')).status).toBe(200);
    const taken = await scenario.job(job.id);
    expect(problemOf(await scenario.act(taken, 'taking', {}, other))).toBe('409 taken-by-another');
    const sent = { sentOn: scenario.clock.today, evidenceNo: 'UPN-2026/7' };
    expect(problemOf(await scenario.act(taken, 'dispatch', sent, other))).toBe('409 taken-by-another');
    expect(await contentOf(job.id)).toContain(ade);
    await expect(scenario.pdf(`/hand-jobs/${job.id}/content`, other)).rejects.toThrow('not-readable-now');
    expect(problemOf(await scenario.act(taken, 'dispatch', { sentOn: scenario.clock.today }))).toBe(
      '422 evidence-number-missing',
    );
    expect((await scenario.act(taken, 'dispatch', sent)).status).toBe(200);
    expect(await scenario.job(job.id)).toMatchObject({
      state: 'DONE',
      evidenceNo: 'UPN-2026/7',
      fictionOn: scenario.clock.in(14),
    });
    const log = `select actor, field_groups as groups from access_log where person_id = $1 and purpose = 'HAND_DELIVERY'`;
    expect((await scenario.service.sql(log, [personId])).length).toBeGreaterThanOrEqual(2);
  });

  it('counts as received after fourteen days, by a public entity at once', async () => {
    const jobs = await Promise.all(
      (['NON_PUBLIC', 'PUBLIC'] as const).map(async (addressee, at) => {
        const { id } = await scenario.put('EDORECZENIA', await scenario.person({ ade }));
        await scenario.act({ id, version: 1 }, 'taking');
        const sent = { sentOn: scenario.clock.today, evidenceNo: `UPN-${at}`, addressee };
        await scenario.act({ id, version: 2 }, 'dispatch', sent);
        return scenario.job(id);
      }),
    );
    const [person, entity] = jobs;
    if (!person || !entity) throw new Error('two jobs');
    const days = [scenario.clock.in(14), scenario.clock.today];
    expect([person.fictionOn, entity.fictionOn]).toEqual(days);
    scenario.clock.days = 1;
    await scenario.service.published('notifications.message.received.v1', entity.messageId);
    expect((await scenario.job(person.id)).receivedOn).toBeNull();
    scenario.clock.days = 15;
    expect(await scenario.service.published('notifications.message.received.v1', person.messageId)).toMatchObject({
      data: { receivedOn: days[0], basis: 'FICTION', channel: 'EDORECZENIA' },
    });
  });

  it('that its clerk left waits for another', async () => {
    const { id } = await scenario.put('EDORECZENIA', await scenario.person({ ade }));
    await scenario.act({ id, version: 1 }, 'taking');
    scenario.clock.days = 3;
    await scenario.service.published('notifications.hand-job.given-back.v1', id);
    expect((await scenario.act({ id, version: 3 }, 'taking', {}, other)).status).toBe(200);
  });

  it('cannot be taken once its message went another way', async () => {
    const job = await scenario.put('EDORECZENIA', await scenario.person({ ade }));
    await scenario.service.sql(
      `update message set state = 'FAILED', reason_code = 'REFUSED', settled_at = now() where id = $1`,
      [job.messageId],
    );
    expect(['409 message-settled', '412 stale-version']).toContain(problemOf(await scenario.act(job, 'taking')));
  });
});

describe('a message to a guardian', () => {
  it('goes to the guardian’s address, and both records say who read it', async () => {
    const addresseeId = await scenario.person({ name: 'Olga Opiekun', ade });
    const personId = await scenario.person({ guardianId: addresseeId });
    const job = await scenario.put('EDORECZENIA', personId, { addresseeId });
    expect((await scenario.job(job.id)) as unknown as Json).toMatchObject({
      personId,
      addressee: { name: 'Olga Opiekun' },
    });
    await scenario.act(job, 'taking');
    expect(await contentOf(job.id)).toContain('Olga Opiekun');
    const log =
      'select person_id as id, field_groups as groups from access_log where person_id = any($1) and act = $2 order by at';
    expect(await scenario.service.sql(log, [[personId, addresseeId], 'READ'])).toEqual(
      expect.arrayContaining([
        { id: personId, groups: ['correspondence'] },
        { id: addresseeId, groups: ['contact'] },
      ]),
    );
  });
});

describe('two replicas', () => {
  it('let each of forty letters be taken once, by whoever was first', async () => {
    const replica = await scenario.service.replica();
    try {
      const people = await Promise.all(Array.from({ length: 40 }, () => scenario.person()));
      const jobs = await Promise.all(people.map(async (personId) => scenario.put('LETTER', personId)));
      const urls = [scenario.service.url, replica.url];
      const runs = await Promise.all(
        Array.from({ length: 12 }, async (_, at) => {
          const response = await fetch(`${urls[at % 2]}/print-runs`, {
            method: 'POST',
            headers: {
              Authorization: `Bearer ${await scenario.service.issuer.token(as('desk', `desk-${at}`))}`,
              'Content-Type': 'application/json',
              'Idempotency-Key': randomUUID(),
            },
            body: JSON.stringify({ most: 7 }),
          });
          return (await response.json()) as Json;
        }),
      );
      const begun = runs.flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
      const letters = await Promise.all(
        begun.map(async (id) => {
          const { body } = await scenario.service.http<{ letters: { id: string; takenBy: string }[] }>(
            'GET',
            `/print-runs/${id}`,
            { as: desk },
          );
          return body.letters.map((letter) => letter.id);
        }),
      );
      expect(letters.flat().length).toBe(new Set(letters.flat()).size);
      const events = () => scenario.service.events('notifications.hand-job.taken.v1').map(({ subject }) => subject);
      const mine = new Set(jobs.map(({ id }) => id));
      await scenario.service.eventually(() =>
        expect(events().filter((id) => mine.has(id))).toHaveLength(letters.flat().filter((id) => mine.has(id)).length),
      );
      expect(letters.flat().filter((id) => mine.has(id))).toHaveLength(40);
    } finally {
      await replica.stop();
    }
  });
});
