import { eventually } from '@okienko/testing/eventually';
import { coordinator, desk, director, type Json, organiser } from './accounts';
import { Centre, type Filed } from './centre';
import type { Offered } from './offering';

jest.setTimeout(60_000);

describe('what is decided of an application', () => {
  let centre: Centre;
  beforeAll(async () => (centre = await Centre.open()), 120_000);
  afterAll(() => centre.close(), 30_000);

  const stateOf = async ({ path }: Filed): Promise<unknown> => (await centre.get('cases', path, desk))['state'];
  const idOf = (path: string): string => path.split('/')[2] ?? '';

  /** A service with one place, and who has it. */
  async function full(): Promise<{ offered: Offered; holder: Filed }> {
    const [offered] = await centre.programme([1]);
    if (!offered) throw new Error('No offer.');
    return { offered, holder: await centre.qualified([offered]) };
  }

  async function refused(offered: Offered): Promise<{ filed: Filed; decision: string }> {
    const filed = await centre.file([offered]);
    const { decisionId } = await centre.onItem(filed, 'refusal', organiser, await centre.decision());
    const decision = `/decisions/${String(decisionId)}`;
    await centre.act(decision, 'delivery', desk, { deliveredOn: centre.today, channel: 'POST' });
    expect(await stateOf(filed)).toBe('REFUSED');
    return { filed, decision };
  }

  async function appealed(offered: Offered): Promise<{ filed: Filed; decision: string }> {
    const matter = await refused(offered);
    await centre.act(matter.decision, 'appeal', desk, { filedOn: centre.today, channel: 'POST' });
    expect(await stateOf(matter.filed)).toBe('APPEALED');
    return matter;
  }

  async function ruled(offered: Offered, ruling: 'UPHELD' | 'QUASHED'): Promise<{ filed: Filed; decision: string }> {
    const matter = await appealed(offered);
    await centre.act(matter.decision, 'handover', desk, { handedOverOn: centre.today });
    await centre.act(matter.decision, 'ruling', organiser, { ruling, ruledOn: centre.today });
    return matter;
  }

  const refusalFacts = ['application.submitted', 'application.refusal-pending', 'application.refused'];
  const appealFacts = ['decision.issued', 'decision.delivered', 'decision.appealed'];

  test('a refusal that the appeal body quashes opens the matter again, and it may end in a qualification', async () => {
    const { offered, holder } = await full();
    const { filed, decision } = await ruled(offered, 'QUASHED');
    expect(await stateOf(filed)).toBe('SUBMITTED');
    expect(await centre.refusal(filed.path, `items/${filed.itemIds[0]}/qualification`, coordinator)).toEqual([
      409,
      'limit-reached',
    ]);
    await centre.onItem(holder, 'withdrawal', desk);
    await centre.onItem(filed, 'qualification');
    expect(await stateOf(filed)).toBe('QUALIFIED');
    await centre.hasTold(idOf(decision), [...appealFacts, 'decision.appeal-handed-over', 'decision.quashed']);
    await centre.hasTold(filed.id, [
      ...refusalFacts,
      'application.appealed',
      'application.reopened',
      'application.qualified',
    ]);
    await centre.gotLetters(filed.personId, ['application-received', 'application-qualified']);
  });

  test('a refusal that is upheld stands, and the resident is told nothing by mail', async () => {
    const { filed, decision } = await ruled((await full()).offered, 'UPHELD');
    expect(await stateOf(filed)).toBe('REFUSED');
    expect(await centre.get('cases', decision)).toMatchObject({ state: 'UPHELD', stands: true });
    await centre.hasTold(idOf(decision), [...appealFacts, 'decision.appeal-handed-over', 'decision.upheld']);
    await centre.hasTold(filed.id, [...refusalFacts, 'application.appealed', 'application.refused']);
    await centre.gotLetters(filed.personId, ['application-received'], true);
  });

  test('the centre may grant the whole appeal itself, and qualifies by that', async () => {
    const { offered, holder } = await full();
    const { filed, decision } = await appealed(offered);
    await centre.onItem(holder, 'withdrawal', desk);
    await centre.act(decision, 'self-review', organiser, { authorisationId: await centre.authorisation(organiser) });
    expect(await stateOf(filed)).toBe('QUALIFIED');
    await centre.hasTold(idOf(decision), [...appealFacts, 'decision.reviewed']);
    expect(centre.told(filed.id).at(-1)).toBe('application.qualified');
    await centre.gotLetters(filed.personId, ['application-received', 'application-qualified']);
  });

  test('a freed place is offered to the head of the list, and goes on to the next when it is declined', async () => {
    const { offered, holder } = await full();
    const [first, second] = [await centre.file([offered]), await centre.file([offered])];
    for (const filed of [first, second]) await centre.onItem(filed, 'waiting-list-entry');
    const entryOf = (filed: Filed): Promise<Json> =>
      centre.get('cases', `${filed.path}/items/${filed.itemIds[0]}/waiting-list-entry`, desk);
    expect([await entryOf(first), await entryOf(second)]).toMatchObject([{ position: 1 }, { position: 2 }]);
    await centre.onItem(holder, 'withdrawal', desk);
    expect([await entryOf(first), await entryOf(second)]).toMatchObject([
      { position: null, offeredOn: centre.today },
      { position: 1, offeredOn: null },
    ]);
    await centre.onItem(first, 'place-offer/decline', desk);
    await eventually(async () => expect(await entryOf(second)).toMatchObject({ offeredOn: centre.today }));
    expect(await stateOf(first)).toBe('WITHDRAWN');
    await centre.onItem(second, 'place-offer/acceptance');
    expect(await stateOf(second)).toBe('QUALIFIED');
    const list = `/waiting-lists?programmeId=${offered.programmeId}&serviceCode=${offered.serviceCode}`;
    expect(await centre.list('cases', list, organiser)).toEqual([]);
    await centre.hasTold(first.id, ['application.submitted', 'application.waitlisted', 'application.withdrawn']);
    await centre.hasTold(second.id, ['application.submitted', 'application.waitlisted', 'application.qualified']);
    await centre.gotLetters(second.personId, ['application-received', 'application-qualified', 'place-offered']);
  });

  test('the head of the list takes the place, and the next waits on', async () => {
    const { offered, holder } = await full();
    const [first, second] = [await centre.file([offered]), await centre.file([offered])];
    for (const filed of [first, second]) await centre.onItem(filed, 'waiting-list-entry');
    await centre.onItem(holder, 'withdrawal', desk);
    expect(await centre.refusal(second.path, `items/${second.itemIds[0]}/qualification`, coordinator)).toEqual([
      409,
      'others-wait',
    ]);
    await centre.onItem(first, 'place-offer/acceptance');
    expect([await stateOf(first), await stateOf(second)]).toEqual(['QUALIFIED', 'WAITLISTED']);
  });

  test('one service is forwarded as agreed, the other is granted here', async () => {
    const filed = await centre.file(await centre.programme([3, 3]));
    const [forwarded = '', granted = ''] = filed.itemIds;
    await centre.act(filed.path, 'forwarding', coordinator, {
      items: [{ itemId: forwarded }],
      target: { kind: 'GMINA_UNIT', officeCode: 'PUP' },
      agreedOn: centre.today,
    });
    await centre.act(filed.path, 'forwarding/dispatch', desk, { sentOn: centre.today });
    await centre.onItem(filed, 'qualification', coordinator, {}, 1);
    expect(await centre.get('cases', filed.path)).toMatchObject({
      items: [
        { id: forwarded, state: 'FORWARDED', forwarding: { sentOn: centre.today } },
        { id: granted, state: 'QUALIFIED' },
      ],
    });
    await centre.hasTold(filed.id, [
      'application.submitted',
      'application.forwarded',
      'application.forwarding-sent',
      'application.qualified',
    ]);
    await centre.gotLetters(filed.personId, ['application-received', 'application-qualified', 'application-forwarded']);
  });

  // From here on days pass.
  test('a call for completion that nobody answers leaves the application unexamined, but not before its term', async () => {
    const filed = await centre.file(await centre.programme([3]));
    const { path } = filed;
    await centre.act(path, 'completion-call', coordinator, { missing: ['DISABILITY_CERTIFICATE'], dueDays: 7 });
    await centre.act(path, 'completion-call/service', desk, { servedOn: centre.today });
    expect(await stateOf(filed)).toBe('INCOMPLETE');
    expect((await centre.refusal(path, 'left-unexamined', coordinator))[0]).toBeGreaterThanOrEqual(400);
    const { completionCall } = await centre.get<{ completionCall: { dueOn: string } }>('cases', path);
    centre.pass(14);
    expect(completionCall.dueOn < centre.today).toBe(true);
    await centre.act(path, 'left-unexamined', director);
    expect(await stateOf(filed)).toBe('LEFT_UNEXAMINED');
    await centre.hasTold(filed.id, [
      'application.submitted',
      'application.completion-requested',
      'application.completion-call-served',
      'application.left-unexamined',
    ]);
    await centre.gotLetters(filed.personId, ['application-received', 'completion-requested'], true);
  });

  test('a place that a withdrawal frees on a later day is held from that day', async () => {
    const { offered, holder } = await full();
    const next = await centre.file([offered]);
    await centre.onItem(next, 'waiting-list-entry');
    centre.pass(1);
    await centre.act(holder.path, 'withdrawal', desk);
    expect(await centre.get('cases', `${next.path}/items/${next.itemIds[0]}/waiting-list-entry`, desk)).toMatchObject({
      offeredOn: centre.today,
    });
  });
});
