import { createHash } from 'node:crypto';
import { readPdf, textOf } from '@okienko/printing/read-pdf';
import { as, desk, HandScenario, type Json, problemOf } from '../scenario';
import { canonical } from './proof';
import type { Proof } from './proofs.dto';

jest.setTimeout(60_000);
let scenario: HandScenario;
beforeAll(async () => (scenario = await HandScenario.start()), 60_000);
afterAll(() => scenario?.stop());

const proofOf = async (messageId: string, caller = desk): Promise<Proof> => {
  const { status, body } = await scenario.service.http<Proof>('GET', `/messages/${messageId}/proof`, { as: caller });
  expect(status).toBe(200);
  return body;
};
const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const logOf = (personId: string) =>
  scenario.service.sql<Json>(
    `select actor, field_groups as groups from access_log where person_id = $1 and purpose = 'DELIVERY_PROOF' order by at`,
    [personId],
  );

describe('the proof of a message', () => {
  it('tells what was said to whom, every step and every number, with a digest that can be computed again', async () => {
    const personId = await scenario.person();
    const job = await scenario.posted(personId);
    await scenario.act(job, 'first-notice', { noticeLeftOn: scenario.clock.today });
    await scenario.act(await scenario.job(job.id), 'receipt', {
      receivedOn: scenario.clock.today,
      evidenceNo: 'ZPO-9',
    });
    const proof = await proofOf(job.messageId);
    expect(proof).toMatchObject({
      messageId: job.messageId,
      personId,
      addresseeId: personId,
      standing: 'LEGAL',
      template: 'plan-approved',
      state: 'SENT',
      content: { language: 'pl', subject: 'Masz wiadomość z CUS' },
      addressee: { name: 'Żaneta Łoś', postalAddress: ['ul. Świętego Ducha 7/3', '82-300 Elbląg'] },
      handings: [{ channel: 'LETTER', state: 'DONE', noticeLeftOn: scenario.clock.today, receiptBasis: 'RECEIPT' }],
      tellings: [],
    });
    expect(proof.evidence.map(({ kind, onDay, evidenceNo }) => [kind, onDay, evidenceNo])).toEqual([
      ['DISPATCHED', scenario.clock.today, (await scenario.job(job.id)).evidenceNo],
      ['RECEIVED', scenario.clock.today, 'ZPO-9'],
    ]);
    const { sha256, ...rest } = proof;
    expect(sha256).toBe(digestOf(canonical(rest)));
    expect(proof.contentSha256).toBe(digestOf(JSON.stringify(proof.content)));
    expect((await proofOf(job.messageId)).sha256).toBe(sha256);

    const { pages, isTagged } = await readPdf(await scenario.pdf(`/messages/${job.messageId}/proof/content`));
    const said = pages.map(textOf).join(' ').replace(/\s+/g, '');
    for (const text of [sha256, job.messageId, 'ZPO-9', 'Twójplanjestzatwierdzony.', 'ŻanetaŁoś'])
      expect(said).toContain(text);
    expect(isTagged).toBe(true);
    expect(await logOf(personId)).toEqual(
      [1, 2, 3].map(() => ({ actor: 'desk-anna', groups: ['correspondence', 'contact'] })),
    );
  });

  it('tells an auditor neither what was said nor where it went', async () => {
    const personId = await scenario.person();
    const job = await scenario.posted(personId);
    const proof = await proofOf(job.messageId, as('auditor'));
    expect([proof.content, proof.addressee]).toEqual([null, null]);
    expect(proof.evidence).toHaveLength(1);
    expect(JSON.stringify(proof)).not.toContain('Łoś');
    expect(await logOf(personId)).toEqual([{ actor: 'auditor-1', groups: ['delivery'] }]);
  });

  it('tells of the person that staff told by word, since no way was left', async () => {
    const personId = await scenario.person();
    const job = await scenario.posted(personId);
    await scenario.act(job, 'return', { returnedOn: scenario.clock.today, reason: 'MOVED' });
    const list = await scenario.service.http<{ items: { id: string; version: number }[] }>(
      'GET',
      `/tasks?personId=${personId}`,
      { as: desk },
    );
    const [task] = list.body.items;
    const done = await scenario.service.http('POST', `/tasks/${task?.id}/completion`, {
      as: desk,
      body: { outcome: 'SPOKE' },
      ifMatch: task?.version ?? 0,
    });
    expect(done.status).toBe(200);
    expect((await proofOf(job.messageId)).tellings).toMatchObject([
      { state: 'COMPLETED', outcome: 'SPOKE', completedBy: 'desk-anna', tries: 0 },
    ]);
  });

  it('goes on without the text once the person has been erased', async () => {
    const personId = await scenario.person();
    const job = await scenario.posted(personId);
    await scenario.service.sql('update person_key set wrapped = null, destroyed_at = now() where person_id = $1', [
      personId,
    ]);
    const proof = await proofOf(job.messageId);
    expect([proof.content, proof.addressee]).toEqual([null, null]);
    expect(proof.evidence).toHaveLength(1);
    const message = await scenario.service.http<Json>('GET', `/hand-jobs/${job.id}`, { as: desk });
    expect(message.body['addressee']).toBeNull();
  });
});

describe('a task in vain', () => {
  it('is tried on another day, three times, and then is the organiser’s', async () => {
    const personId = await scenario.person();
    const job = await scenario.posted(personId);
    await scenario.act(job, 'return', { returnedOn: scenario.clock.today, reason: 'UNKNOWN' });
    const [task] = await scenario.service.sql<{ id: string }>('select id from task where person_id = $1', [personId]);
    const path = `/tasks/${task?.id}/completion`;
    const inVain = (ifMatch: number, caller = desk, key?: string) =>
      scenario.service.http<Json>('POST', path, {
        as: caller,
        body: { outcome: 'NOT_REACHED' },
        ifMatch,
        ...(key && { key }),
      });
    const twice = [await inVain(1, desk, 'in-vain-1'), await inVain(1, desk, 'in-vain-1')];
    expect(twice.map(({ body }) => body['version'])).toEqual([2, 2]);
    await inVain(2);
    expect((await inVain(3)).status).toBe(200);
    const { body } = await scenario.service.http<{ items: Json[] }>('GET', `/tasks?personId=${personId}`, { as: desk });
    expect(body.items).toEqual([
      expect.objectContaining({
        state: 'OPEN',
        tries: 3,
        isWithOrganiser: true,
        dueOn: scenario.clock.in(2),
        messageId: job.messageId,
      }),
    ]);
    const inboxes = 'select inbox, code, acknowledged_by as by from notice where cause_id = $1 order by inbox';
    expect(await scenario.service.sql(inboxes, [task?.id])).toEqual([
      { inbox: 'role/desk', code: 'REACH_PERSON', by: 'desk-anna' },
      { inbox: 'role/services-organiser', code: 'NOBODY_REACHED', by: null },
    ]);
    expect(problemOf(await inVain(4))).toBe('403 organiser-decides');
    expect((await inVain(4, as('services-organiser'))).status).toBe(200);
    const completed = await scenario.service.published('notifications.task.completed.v1', task?.id);
    expect(completed.data).toMatchObject({ outcome: 'NOT_REACHED', completedBy: 'services-organiser-1' });
    expect(
      scenario.service.events('notifications.task.postponed.v1').filter(({ subject }) => subject === task?.id),
    ).toHaveLength(3);
  });
});
