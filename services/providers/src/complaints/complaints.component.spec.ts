import { addDays, addMonths } from '@okienko/contracts/calendar';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import { director } from '../agreements/scenario';
import { desk, Quality } from '../inspections/scenario';
import { account, organiser, Scenario, today } from '../scenario';
import { providersService } from '../service';
import type { ComplaintView } from './complaints.dto';

jest.setTimeout(120_000);

let service: ServiceUnderTest;
let scenario: Scenario;
let quality: Quality;
beforeAll(async () => {
  service = await startForTest(providersService);
  scenario = new Scenario(service);
  quality = new Quality(service);
});
afterAll(() => service.stop());

const see = (id: string, as: object = director) => service.http<ComplaintView>('GET', `/complaints/${id}`, { as });
const words = 'Opiekunka przychodzi za późno, mówi Zenobia Kanarkowa.';
const position = { words: 'Zenobia Kanarkowa nie otwiera drzwi.' };
const answer = { outcome: 'PARTLY', words: 'Zenobia Kanarkowa ma rację co do godziny.' };

describe('a complaint', () => {
  it('is received, examined, put to the provider and answered, each once, however often it is sent', async () => {
    const providerId = await scenario.registerProvider();
    const body = { providerId, channel: 'POST', anonymous: false, personId: uuidv7(), words, receivedOn: today };
    const call = { as: desk, body, key: 'receive-once' };
    const received = await service.http('POST', '/complaints', call);
    expect(await service.http('POST', '/complaints', call)).toMatchObject({ status: 201, body: received.body });
    const id = String(received.body['id']);
    const later = addMonths(today, 3);
    const acts: [string, object, object][] = [
      [`/complaints/${id}/examination`, organiser, {}],
      [`/complaints/${id}/extension`, director, { dueOn: later, reasonCode: 'EVIDENCE_AWAITED' }],
      [`/complaints/${id}/position-request`, organiser, { code: 'PUNCTUALITY', dueOn: today }],
      [`/position-requests/${id}/position`, account(providerId), position],
      [`/complaints/${id}/answer`, director, answer],
    ];
    for (const [index, [path, as, content]] of acts.entries()) {
      const again = { as, body: content, ifMatch: index + 1, key: `complaint-${index}` };
      const first = await service.http('POST', path, again);
      expect(first).toMatchObject({ status: 200, body: { id, version: index + 2 } });
      expect(await service.http('POST', path, again)).toMatchObject({ body: first.body });
    }
    expect(await scenario.facts(id)).toEqual([
      ...['received', 'examination-started', 'term-extended', 'position-asked', 'position-given', 'answered'],
    ]);
    const dueOn = addMonths(today, 1);
    expect((await see(id)).body).toEqual({
      ...{ id, version: 6, ...body, offerId: null, orderId: null, dueOn: later, passOnBy: addDays(today, 7) },
      ...{ state: 'ANSWERED', handler: organiser.sub, outcome: 'PARTLY', answer: answer.words },
      extensions: [{ from: dueOn, to: later, reasonCode: 'EVIDENCE_AWAITED', on: today }],
      ...{ positionCode: 'PUNCTUALITY', positionAskedOn: today, positionDueOn: today, positionGivenOn: today },
      ...{ position: position.words, passedOnTo: null, closedOn: today, closedBy: director.sub },
    });
  });

  it('is sealed and told of without a word; every look and every change is in the access log', async () => {
    const providerId = await scenario.registerProvider();
    const personId = uuidv7();
    const id = await quality.complain(providerId, { anonymous: false, personId });
    await see(id);
    await service.http('GET', `/complaints/${id}`, { as: organiser, headers: { 'okienko-purpose': 'COMPLAINT' } });
    const [row] = await service.sql<{ text: string }>('select complaint::text as text from complaint where id = $1', [
      id,
    ]);
    expect(row?.text).not.toContain(Buffer.from('Kanark').toString('hex'));
    await service.published('providers.complaint.received.v1', id);
    expect(JSON.stringify(service.events())).not.toMatch(new RegExp(`Kanark|${personId}`));
    for (const about of [id, personId])
      expect(
        await service.sql(
          'select actor, act, purpose, field_groups from access_log where person_id = $1 order by position',
          [about],
        ),
      ).toEqual([
        { actor: desk.sub, act: 'WRITE', purpose: 'SERVICE_DELIVERY', field_groups: ['COMPLAINT'] },
        { actor: director.sub, act: 'READ', purpose: 'SERVICE_DELIVERY', field_groups: ['COMPLAINT'] },
        { actor: organiser.sub, act: 'READ', purpose: 'COMPLAINT', field_groups: ['COMPLAINT'] },
      ]);
  });

  it('is of the service of its order, which is the provider’s', async () => {
    const place = await scenario.places(1);
    const order = await scenario.refer(place);
    const id = await quality.complain(place.providerId, { orderId: order.id });
    expect((await see(id)).body).toMatchObject({ orderId: order.id, offerId: place.offerId });
    const body = { channel: 'DESK', anonymous: true, words, receivedOn: today, orderId: order.id };
    const wrong = [
      { ...body, providerId: await scenario.registerProvider() },
      { ...body, providerId: place.providerId, offerId: await scenario.publishOffer() },
    ];
    for (const complaint of wrong)
      expect(await service.http('POST', '/complaints', { as: desk, body: complaint })).toMatchObject({
        status: 422,
        body: { type: expect.stringMatching(/order-of-another$/) },
      });
  });

  it('is withdrawn or passed on once, and of two who end it at once one does', async () => {
    const providerId = await scenario.registerProvider();
    for (const [act, body, state] of [
      ['withdrawal', {}, 'WITHDRAWN'],
      ['passing-on', { to: 'VOIVODE' }, 'PASSED_ON'],
    ] as const) {
      const id = await quality.complain(providerId);
      const call = { as: organiser, body, ifMatch: 1, key: `${act}-once` };
      const first = await service.http('POST', `/complaints/${id}/${act}`, call);
      expect(first).toMatchObject({ status: 200, body: { id, version: 2 } });
      expect(await service.http('POST', `/complaints/${id}/${act}`, call)).toMatchObject({ body: first.body });
      expect((await see(id)).body).toMatchObject({ state, closedOn: today, closedBy: organiser.sub });
      expect(await quality.act(`/complaints/${id}/examination`, organiser)).toMatchObject({ status: 409 });
    }
    const id = await quality.asked(providerId);
    const answers = await Promise.all([
      quality.act(`/complaints/${id}/answer`, director, answer),
      quality.act(`/complaints/${id}/withdrawal`, desk),
      quality.act(`/complaints/${id}/passing-on`, organiser, { to: 'VOIVODE' }),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status } of answers) expect([200, 409, 412]).toContain(status);
  });

  it('is not answered by whoever has examined it', async () => {
    const id = await quality.complain(await scenario.registerProvider());
    const both = { sub: 'ous-and-director', roles: ['services-organiser', 'director'] } as const;
    await quality.done(`/complaints/${id}/examination`, both);
    expect(await quality.act(`/complaints/${id}/answer`, both, answer)).toMatchObject({
      status: 403,
      body: { type: expect.stringMatching(/own-examination$/) },
    });
    await quality.done(`/complaints/${id}/answer`, director, answer);
  });

  it('bad input changes nothing', async () => {
    const providerId = await scenario.registerProvider();
    const body = { providerId, channel: 'DESK', anonymous: true, words, receivedOn: today };
    const faulty: [object, number][] = [
      [{ ...body, words: ' ' }, 400],
      [{ ...body, channel: 'PIGEON' }, 400],
      [{ ...body, personId: null }, 400],
      [{ ...body, personId: uuidv7() }, 422],
      [{ ...body, receivedOn: addDays(today, 1) }, 422],
      [{ ...body, offerId: uuidv7() }, 422],
      [{ ...body, providerId: uuidv7() }, 404],
    ];
    for (const [complaint, status] of faulty)
      expect(await service.http('POST', '/complaints', { as: desk, body: complaint })).toMatchObject({ status });
    expect(await service.sql('select 1 from complaint where provider_id = $1', [providerId])).toEqual([]);
    const id = await quality.complain(providerId);
    const tries: [string, object, object, number][] = [
      ['answer', director, answer, 409],
      ['position-request', organiser, { code: 'PUNCTUALITY', dueOn: today }, 409],
      ['extension', director, { dueOn: today, reasonCode: 'OTHER' }, 422],
      ['extension', director, { dueOn: addMonths(today, 2), reasonCode: 'no code' }, 400],
      ['passing-on', director, { to: '' }, 400],
    ];
    for (const [act, as, content, status] of tries)
      expect(await quality.act(`/complaints/${id}/${act}`, as, content)).toMatchObject({ status });
    expect(await quality.act(`/complaints/${id}/examination`, organiser, {}, { ifMatch: 7 })).toMatchObject({
      status: 412,
    });
    expect(await service.http('POST', `/complaints/${id}/examination`, { as: organiser })).toMatchObject({
      status: 428,
    });
    expect(await scenario.facts(id)).toEqual(['received']);
    expect(await quality.act(`/complaints/${uuidv7()}/examination`, organiser)).toMatchObject({ status: 404 });
    expect(await service.http('GET', '/complaints?after=x', { as: desk })).toMatchObject({ status: 400 });
  });
});

it('is listed without a word of it, or of who complains', async () => {
  const place = await scenario.places(1);
  const id = await quality.complain(place.providerId, { offerId: place.offerId });
  for (const query of [`providerId=${place.providerId}`, `offerId=${place.offerId}&state=RECEIVED`]) {
    const { body } = await service.http('GET', `/complaints?${query}`, { as: desk });
    expect(body).toEqual({
      items: [
        {
          ...{
            id,
            version: 1,
            providerId: place.providerId,
            offerId: place.offerId,
            channel: 'DESK',
            receivedOn: today,
          },
          ...{ dueOn: addMonths(today, 1), passOnBy: addDays(today, 7), state: 'RECEIVED' },
          ...{ handler: null, outcome: null, closedOn: null },
        },
      ],
    });
  }
});
