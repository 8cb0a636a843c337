import { randomUUID } from 'node:crypto';
import { planApprovedV1 } from '@okienko/contracts/cases/plan-approved.v1';
import { event } from '@okienko/contracts/event';
import { addressWindow } from '@okienko/printing/letter';
import { readPdf, textOf } from '@okienko/printing/read-pdf';
import { as, desk, HandScenario, type Json, problemOf } from '../scenario';

jest.setTimeout(60_000);
let scenario: HandScenario;
beforeAll(async () => (scenario = await HandScenario.start()), 60_000);
beforeEach(() => (scenario.clock.days = 0));
afterAll(() => scenario?.stop());

const other = as('desk', 'desk-olga');
const confirm = (run: Json, body: Json, caller = desk, key?: string) =>
  scenario.service.http<Json>('POST', `/print-runs/${String(run['id'])}/confirmation`, {
    as: caller,
    body: { postedOn: scenario.clock.today, ...body },
    ifMatch: Number(run['version']),
    ...(key === undefined ? {} : { key }),
  });

it('what is told to a person who has nothing but an address is written, waits to be printed, and says what happened', async () => {
  const personId = await scenario.person();
  const facts = { personId, authorisationId: randomUUID(), approvedOn: scenario.clock.today };
  await scenario.service.publish(event(planApprovedV1, randomUUID(), facts), { sequence: 1 });
  const [job] = await scenario.service.eventually(async () => {
    const jobs = await scenario.list(`personId=${personId}`);
    expect(jobs).toHaveLength(1);
    return jobs;
  });
  expect(job).toMatchObject({ channel: 'LETTER', state: 'WAITING', isProofNeeded: false });
  const { body: run } = await scenario.begin();
  const { pages } = await readPdf(await scenario.pdf(`/print-runs/${String(run['id'])}/content`));
  expect(pages.map(textOf).join(' ')).toContain('Twój plan jest zatwierdzony.');
  expect((await confirm(run, {})).status).toBe(200);
  expect(await scenario.messageState(job?.messageId ?? '')).toBe('SENT');
});

describe('a letter to print', () => {
  it('is put once, however often its message comes, and waits in the inbox of the desk', async () => {
    const personId = await scenario.person();
    const job = await scenario.put('LETTER', personId);
    const again = await Promise.all([1, 2, 3].map(() => scenario.hand('LETTER', job.messageId)));
    expect(again).toEqual([1, 2, 3].map(() => ({ kind: 'IN_HANDS' })));
    expect(await scenario.list(`personId=${personId}`)).toEqual([job]);
    expect(job).toMatchObject({ state: 'WAITING', isProofNeeded: true, dueOn: scenario.clock.in(3) });
    const notices = 'select inbox, code, kind from notice where cause_id = $1';
    expect(await scenario.service.sql(notices, [job.id])).toEqual([
      { inbox: 'role/desk', code: 'LETTER_WAITS', kind: 'TASK' },
    ]);
    expect(await scenario.service.published('notifications.hand-job.put.v1', job.id)).toMatchObject({
      data: { messageId: job.messageId, personId, channel: 'LETTER', dueOn: job.dueOn },
    });
    await scenario.begin();
  });

  it('is taken, printed with its address in the window, and posted: then it is sent, and that is evidence', async () => {
    const personId = await scenario.person();
    const job = await scenario.put('LETTER', personId);
    const { status, body: run } = await scenario.begin();
    expect(status).toBe(201);
    expect(problemOf(await scenario.begin())).toBe('409 nothing-to-print');
    const { pages } = await readPdf(await scenario.pdf(`/print-runs/${String(run['id'])}/content`));
    expect(pages.map(textOf).join(' ')).toContain('Twój plan jest zatwierdzony.');
    const inWindow = pages[0]?.texts.filter(
      ({ left, top }) => left >= addressWindow.left - 1 && top < 250 && top > 160,
    );
    expect(inWindow?.map(({ text }) => text.trim())).toEqual(['Żaneta Łoś', 'ul. Świętego Ducha 7/3', '82-300 Elbląg']);
    const alone = await readPdf(await scenario.pdf(`/hand-jobs/${job.id}/content`));
    expect(textOf(alone.pages[0] ?? { texts: [], tags: [] })).toContain('Żaneta Łoś');
    const log = `select actor, field_groups as groups, purpose from access_log where person_id = $1 and act = 'READ'`;
    expect(await scenario.service.sql(log, [personId])).toEqual([
      { actor: 'desk-anna', groups: ['correspondence', 'contact'], purpose: 'LETTER_PRINTING' },
      { actor: 'desk-anna', groups: ['correspondence', 'contact'], purpose: 'HAND_DELIVERY' },
    ]);

    expect(problemOf(await confirm(run, {}))).toBe('422 evidence-number-missing');
    expect(problemOf(await confirm(run, { registered: [{ jobId: randomUUID(), number: 'RR1PL' }] }))).toBe(
      '422 letter-not-in-run',
    );
    expect(
      problemOf(
        await confirm(run, { postedOn: scenario.clock.in(1), registered: [{ jobId: job.id, number: 'RR1PL' }] }),
      ),
    ).toBe('422 delivery-day-wrong');
    expect(problemOf(await confirm(run, {}, other))).toBe('403 not-your-run');
    const key = randomUUID();
    const registered = [{ jobId: job.id, number: 'RR123456789PL' }];
    const answers = [await confirm(run, { registered }, desk, key), await confirm(run, { registered }, desk, key)];
    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    expect(answers[1]?.body).toEqual(answers[0]?.body);
    expect(await scenario.job(job.id)).toMatchObject({
      state: 'DONE',
      dispatchedOn: scenario.clock.today,
      evidenceNo: 'RR123456789PL',
    });
    expect(await scenario.messageState(job.messageId)).toBe('SENT');
    expect(await scenario.evidenceOf(job.messageId)).toEqual([
      {
        channel: 'LETTER',
        kind: 'DISPATCHED',
        onDay: scenario.clock.today,
        evidenceNo: 'RR123456789PL',
        code: null,
        by: 'desk-anna',
      },
    ]);
    await scenario.service.published('notifications.message.sent.v2', job.messageId);
    await scenario.service.published('notifications.print-run.confirmed.v1', String(run['id']));
    expect(
      scenario.service.events('notifications.hand-job.done.v1').filter(({ subject }) => subject === job.id),
    ).toHaveLength(1);
    const open = 'select 1 from notice where cause_id = $1 and acknowledged_at is null';
    expect(await scenario.service.sql(open, [job.id])).toEqual([]);
    await expect(scenario.pdf(`/hand-jobs/${job.id}/content`)).rejects.toThrow('not-readable-now');
    expect(problemOf(await confirm({ ...run, version: 2 }, { registered }))).toBe('409 wrong-state');
  });

  it('waits again if it was spoilt, or if nobody told in time that it was posted', async () => {
    const personId = await scenario.person();
    const job = await scenario.put('LETTER', personId);
    const { body: first } = await scenario.begin();
    expect((await confirm(first, { notPosted: [job.id] })).status).toBe(200);
    expect((await scenario.job(job.id)).state).toBe('WAITING');
    const { body: second } = await scenario.begin();
    scenario.clock.days = 3;
    await scenario.service.published('notifications.print-run.lapsed.v1', String(second['id']));
    expect(await scenario.job(job.id)).toMatchObject({ state: 'WAITING', takenBy: null, printRunId: null });
    expect(problemOf(await confirm({ ...second, version: 2 }, { notPosted: [] }))).toBe('409 wrong-state');
    expect((await scenario.begin(100, other)).status).toBe(201);
    expect((await scenario.job(job.id)).takenBy).toBe('desk-olga');
  });

  it('that comes back goes another way, and where there is none somebody is asked to reach the person', async () => {
    const personId = await scenario.person();
    const job = await scenario.posted(personId);
    expect((await scenario.act(job, 'return', { returnedOn: scenario.clock.today, reason: 'MOVED' })).status).toBe(200);
    expect(await scenario.job(job.id)).toMatchObject({ state: 'RETURNED', reasonCode: 'MOVED' });
    expect(await scenario.messageState(job.messageId)).toBe('FAILED');
    expect((await scenario.evidenceOf(job.messageId)).map(({ kind, code }) => [kind, code])).toEqual([
      ['DISPATCHED', null],
      ['NOT_DELIVERED', 'MOVED'],
    ]);
    const tasks = `select message_id as "messageId", state from task where person_id = $1`;
    expect(await scenario.service.sql(tasks, [personId])).toEqual([{ messageId: job.messageId, state: 'OPEN' }]);
    const another = await scenario.posted(personId, { channels: ['LETTER', 'EMAIL'] });
    await scenario.act(another, 'return', { returnedOn: scenario.clock.today, reason: 'UNKNOWN' });
    expect(await scenario.service.published('notifications.message.undelivered.v1', another.messageId)).toMatchObject({
      data: { channel: 'LETTER', code: 'UNKNOWN', nextChannel: 'EMAIL' },
    });
  });

  it('counts as received fourteen days after its first notice, told once, whatever replica finds it', async () => {
    const replica = await scenario.service.replica();
    try {
      const personId = await scenario.person();
      const job = await scenario.posted(personId);
      const kindness = await scenario.posted(await scenario.person(), { isProofNeeded: false });
      const { today } = scenario.clock;
      expect(problemOf(await scenario.act(job, 'return', { returnedOn: today, reason: 'NOT_COLLECTED' }))).toBe(
        '422 first-notice-missing',
      );
      for (const one of [job, kindness])
        expect((await scenario.act(one, 'first-notice', { noticeLeftOn: today })).status).toBe(200);
      const deemedOn = scenario.clock.in(14);
      scenario.clock.days = 14;
      await new Promise((resolve) => setTimeout(resolve, 6_000));
      expect((await scenario.job(job.id)).receivedOn).toBeNull();
      scenario.clock.days = 15;
      expect(await scenario.service.published('notifications.message.received.v1', job.messageId)).toMatchObject({
        data: { channel: 'LETTER', receivedOn: deemedOn, basis: 'FICTION' },
      });
      expect(await scenario.job(job.id)).toMatchObject({
        state: 'DONE',
        receivedOn: deemedOn,
        receiptBasis: 'FICTION',
      });
      expect((await scenario.job(kindness.id)).receivedOn).toBeNull();
      await new Promise((resolve) => setTimeout(resolve, 6_000));
      const told = scenario.service.events('notifications.hand-job.received.v1');
      expect(told.filter(({ subject }) => subject === job.id)).toHaveLength(1);
      const early = await scenario.act(await scenario.job(job.id), 'receipt', {
        receivedOn: today,
        evidenceNo: 'ZPO-1',
      });
      expect(early.status).toBe(200);
      expect((await scenario.evidenceOf(job.messageId)).map(({ kind }) => kind)).toEqual([
        'DISPATCHED',
        'DEEMED_RECEIVED',
        'RECEIVED',
      ]);
    } finally {
      await replica.stop();
    }
  });

  it('is received when the receipt comes, and then neither comes back nor counts as anything else', async () => {
    const job = await scenario.posted(await scenario.person());
    const receipt = { receivedOn: scenario.clock.today, evidenceNo: 'ZPO-77' };
    expect((await scenario.act(job, 'receipt', receipt)).status).toBe(200);
    expect(problemOf(await scenario.act(job, 'receipt', receipt))).toBe('412 stale-version');
    const now = await scenario.job(job.id);
    expect(problemOf(await scenario.act(now, 'receipt', receipt))).toBe('409 wrong-state');
    expect(problemOf(await scenario.act(now, 'return', { returnedOn: scenario.clock.today, reason: 'MOVED' }))).toBe(
      '409 wrong-state',
    );
    expect(await scenario.service.published('notifications.message.received.v1', job.messageId)).toMatchObject({
      data: { receivedOn: scenario.clock.today, basis: 'RECEIPT' },
    });
  });

  it('that was refused counts as received, if it had to be proved', async () => {
    const job = await scenario.posted(await scenario.person());
    await scenario.act(job, 'return', { returnedOn: scenario.clock.today, reason: 'REFUSED' });
    expect(await scenario.job(job.id)).toMatchObject({
      state: 'DONE',
      receiptBasis: 'FICTION',
      receivedOn: scenario.clock.today,
    });
  });
});

it('a posted letter to somebody who died meanwhile comes back without anybody being asked to reach them', async () => {
  const personId = await scenario.person();
  const job = await scenario.posted(personId);
  await scenario.dies(personId);
  expect((await scenario.act(job, 'return', { returnedOn: scenario.clock.today, reason: 'DIED' })).status).toBe(200);
  expect(await scenario.messageState(job.messageId)).toBe('FAILED');
  expect(await scenario.service.sql('select 1 from task where person_id = $1', [personId])).toEqual([]);
});

describe('a letter that waits', () => {
  it('is cancelled when its person dies, and its message given up without asking anybody', async () => {
    const personId = await scenario.person();
    const job = await scenario.put('LETTER', personId);
    await scenario.dies(personId);
    expect(problemOf(await scenario.begin())).toBe('409 nothing-to-print');
    await scenario.service.published('notifications.hand-job.cancelled.v1', job.id);
    await scenario.service.eventually(async () => expect(await scenario.messageState(job.messageId)).toBe('FAILED'));
    expect(await scenario.service.sql('select 1 from task where person_id = $1', [personId])).toEqual([]);
  });

  it('is cancelled when its message was given up', async () => {
    const job = await scenario.put('LETTER', await scenario.person());
    await scenario.service.sql(
      `update message set state = 'FAILED', reason_code = 'MATTER_WITHDRAWN', settled_at = now() where id = $1`,
      [job.messageId],
    );
    expect(await scenario.service.published('notifications.hand-job.cancelled.v1', job.id)).toMatchObject({
      data: { reasonCode: 'MESSAGE_SETTLED' },
    });
    expect(await scenario.hand('LETTER', job.messageId)).toEqual({ kind: 'REFUSED', code: 'TRIED_BEFORE' });
  });

  it('is not printed once its address is confidential: it goes another way at once', async () => {
    const personId = await scenario.person();
    const job = await scenario.put('LETTER', personId);
    await scenario.person({ isAddressConfidential: true }, personId, 2);
    const { body: run } = await scenario.begin();
    const { body: seen } = await scenario.service.http<Json>('GET', `/print-runs/${String(run['id'])}`, { as: desk });
    expect(seen['letters']).toEqual([]);
    expect(await scenario.job(job.id)).toMatchObject({
      state: 'RETURNED',
      reasonCode: 'NO_ADDRESS',
      addressee: { postalAddress: null },
    });
    expect(await scenario.messageState(job.messageId)).toBe('FAILED');
  });
});
