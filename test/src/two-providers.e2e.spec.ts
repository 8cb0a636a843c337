import { addDays, addMonths } from '@okienko/contracts/calendar';
import { eventually } from '@okienko/testing/eventually';
import { coordinator, desk, director, finance, type Json, organiser, terc } from './accounts';
import { Centre } from './centre';
import type { Offered } from './offering';
import { Provision } from './provision';

jest.setTimeout(120_000);

describe('two providers of one service', () => {
  let centre: Centre;
  let provision: Provision;
  beforeAll(async () => {
    centre = await Centre.open();
    provision = new Provision(centre);
  }, 120_000);
  afterAll(() => centre.close(), 30_000);

  const inProviders = (path: string, act: string, as: object, body: Json = {}): Promise<Json> =>
    centre.act(path, act, as, body, 'providers');

  /** Another provider with three places for the same service. */
  async function beside(offered: Offered): Promise<Offered> {
    const body = { kind: 'NGO', name: { pl: 'Fundacja „Obok”' }, terc };
    const providerId = String((await centre.post('providers', '/providers', organiser, body))['id']);
    const days = { from: centre.today, to: addDays(centre.today, 200) };
    const { offerId } = offered;
    await centre.post('providers', '/capacities', organiser, { providerId, offerId, places: 3, ...days });
    return { ...offered, providerId, provider: { sub: `provider-${providerId}`, roles: ['provider'], providerId } };
  }

  /** A signed agreement, in force from today. */
  async function agreed(
    { providerId, offerId }: Offered,
    priceGrosze: number,
    ceilingQuantity?: number,
  ): Promise<string> {
    const days = { from: centre.today, to: addDays(centre.today, 200) };
    const services = [{ offerId, unit: 'HOUR', ...(ceilingQuantity !== undefined && { ceilingQuantity }) }];
    const plan = {
      providerId,
      selectionMode: 'PROCUREMENT',
      subject: 'Usługi opiekuńcze',
      services,
      ceilingGrosze: 1_000_000,
      ...days,
    };
    const agreement = `/agreements/${String((await centre.post('providers', '/agreements', organiser, plan))['id'])}`;
    const procedure = { procedure: 'SOCIAL_SERVICES', estimatedGrosze: 1_000_000 };
    await inProviders(agreement, 'procurement', organiser, procedure);
    await inProviders(agreement, 'signature', director, {
      number: 'CUS.272.1.2026',
      signedOn: centre.today,
      prices: [{ offerId, priceGrosze, from: centre.today }],
      conditions: { accessibility: 'Wejście bez progów', dataRole: 'PROCESSOR' },
    });
    return agreement.split('/')[2] ?? '';
  }

  const allocation = (id: string): Promise<Json> => centre.get('cases', `/allocations/${id}`);
  const inCatalogue = async ({ offerId }: Offered, free: number): Promise<void> => {
    await eventually(async () => {
      const { capacity } = await centre.get('catalogue', `/service-offers/${offerId}`, organiser);
      expect(capacity).toMatchObject({ places: 6, free });
    }, 15_000);
  };

  async function settled(
    { provider, offerId }: Offered,
    agreementId: string,
    month: string,
    quantity: number,
    grosze: number,
  ) {
    const { id } = await centre.post('providers', '/settlements', provider, { agreementId, month });
    const settlement = `/settlements/${String(id)}`;
    const issuedOn = addDays(addMonths(`${month}-01`, 1), -1);
    await inProviders(settlement, 'submission', provider, { kind: 'INVOICE', number: 'FV/1', issuedOn, grosze });
    await inProviders(settlement, 'check', finance);
    await inProviders(settlement, 'approval', director);
    await inProviders(settlement, 'payment', finance, { paidOn: centre.today });
    expect(await centre.get('providers', settlement)).toMatchObject({ state: 'PAID', grosze });
    const { items } = await centre.get<{ items: Json[] }>('providers', `${settlement}/lines`);
    expect(items).toMatchObject([{ offerId, quantity, grosze }]);
    await centre.hasTold(
      String(id),
      ['computed', 'submitted', 'checked', 'approved', 'paid'].map((fact) => `settlement.${fact}`),
    );
  }

  test('what the agreement of one cannot bear goes to the other, and each is paid for what it did', async () => {
    const [first] = await centre.programme([9]);
    if (!first) throw new Error('No offer.');
    const second = await beside(first);
    const [ofFirst, ofSecond] = [await agreed(first, 4500, 40), await agreed(second, 5000)];
    await inCatalogue(first, 6);

    // The first person is served by the first provider, which asks the centre something, and then for less.
    const served = await provision.allocateSingly(await centre.qualified([first]));
    const servedOrder = `/service-orders/${await provision.accept(first, served)}`;
    await inCatalogue(first, 5);
    const ask = async (act: string, body: Json): Promise<string> => {
      const { requestId } = await inProviders(servedOrder, act, first.provider, body);
      await provision.becomes(served, {
        requests: expect.arrayContaining([expect.objectContaining({ id: requestId })]),
      });
      return String(requestId);
    };
    const question = await ask('questions', { questionCode: 'PREFERRED_HOURS' });
    await centre.act(`/allocations/${served}`, `requests/${question}/answer`, coordinator, {
      answerCode: 'YOU_CHOOSE',
    });
    await provision.order(first, served, { requests: [{ id: question, state: 'ANSWERED' }] });
    const change = await ask('change-request', { reasonCode: 'LESS_NEEDED', quantity: 20 });
    expect(await allocation(served)).toMatchObject({ quantity: 30 });
    await centre.act(`/allocations/${served}`, `requests/${change}/agreement`);
    const both = {
      quantity: 20,
      requests: [
        { id: question, state: 'ANSWERED', answerCode: 'YOU_CHOOSE' },
        { id: change, state: 'AGREED', terms: { quantity: 20 } },
      ],
    };
    await provision.becomes(served, both);
    await provision.order(first, served, both);
    await provision.deliver(first, servedOrder.split('/')[2] ?? '', served, 4);

    // The second person's hours are beyond the ceiling of its agreement; by rule the other provider is asked.
    const moved = await provision.allocateSingly(await centre.qualified([first]));
    const { id: beyond, version } = await provision.order(first, moved, { state: 'RECEIVED' });
    const path = `/service-orders/${String(beyond)}`;
    const call = { ifMatch: Number(version) };
    const refused = await centre.send('providers', `${path}/acceptance`, first.provider, {}, call);
    expect([refused.status, refused.body['type']]).toEqual([409, expect.stringMatching(/ceiling-exhausted$/)]);
    await inProviders(path, 'declination', first.provider, { reasonCode: 'NOT_IN_AGREEMENT' });
    await provision.becomes(moved, { state: 'DECLINED', declineReason: 'NOT_IN_AGREEMENT' });
    await centre.act(`/allocations/${moved}`, 'referral-by-rule');
    expect(await centre.list('cases', `/allocations/${moved}/referrals`)).toMatchObject([
      { providerId: first.providerId, chosenBy: 'HAND', outcome: 'DECLINED' },
      { providerId: second.providerId, chosenBy: 'RULE', outcome: null },
    ]);
    const movedOrder = await provision.accept(second, moved);
    await provision.deliver(second, movedOrder, moved, 6);
    for (const offered of [first, second]) await provision.hasFree(offered, 2);
    await inCatalogue(first, 4);

    // Nobody answers for the third person; when the term is over the other provider is asked without anybody's act.
    const waiting = await provision.allocateSingly(await centre.qualified([first]));
    await provision.order(first, waiting, { state: 'RECEIVED' });

    const month = centre.today.slice(0, 7);
    centre.pass(40);
    await provision.order(first, waiting, { state: 'CANCELLED', cancelReason: 'NO_ANSWER' });
    await provision.accept(second, waiting);
    await centre.hasTold(waiting, [
      'allocation.created',
      'allocation.referred',
      'allocation.referral-lapsed',
      'allocation.referred',
      'allocation.accepted',
    ]);

    await settled(first, ofFirst, month, 4, 18_000);
    await settled(second, ofSecond, month, 6, 30_000);

    // The second service ends; its recipient is asked, and says so at the desk.
    await centre.act(`/allocations/${moved}`, 'completion', coordinator, { completedOn: centre.today });
    await provision.order(second, moved, { state: 'COMPLETED' });
    await inCatalogue(first, 4);
    const [opened] = await centre.list('providers', `/surveys?allocationId=${moved}`, desk);
    const survey = `/surveys/${String(opened?.['id'])}`;
    const { questions } = await centre.get<{ questions: { code: string }[] }>('providers', survey, desk);
    const answers = questions.map(({ code }) => ({ question: code, score: 1 }));
    await inProviders(survey, 'answers', desk, { channel: 'PHONE', answers });
    await centre.hasTold(String(opened?.['id']), ['survey.opened', 'survey.answered']);
    const span = `from=${month}-01&to=${centre.today}`;
    const figures = await centre.list('providers', `/figures?offerId=${first.offerId}&${span}`, organiser);
    expect(figures).toMatchObject([
      { providerId: second.providerId, accepted: { value: null, why: 'TOO_FEW' } },
      { providerId: first.providerId, accepted: { value: null, why: 'TOO_FEW' } },
    ]);

    await centre.hasTold(served, [
      'allocation.created',
      'allocation.referred',
      'allocation.accepted',
      'allocation.request-raised',
      'allocation.request-answered',
      'allocation.request-raised',
      'allocation.request-answered',
      'allocation.changed',
      'allocation.started',
      'allocation.unit-delivered',
    ]);
    await centre.hasTold(moved, [
      'allocation.created',
      'allocation.referred',
      'allocation.declined',
      'allocation.referred',
      'allocation.accepted',
      'allocation.started',
      'allocation.unit-delivered',
      'allocation.completed',
    ]);
    await centre.hasTold(String(beyond), ['service-order.received', 'service-order.declined']);
    await centre.hasTold(movedOrder, [
      'service-order.received',
      'service-order.accepted',
      'service-order.started',
      'service-order.completed',
    ]);
  });
});
