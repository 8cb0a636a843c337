import { eventually } from '@okienko/testing/eventually';
import { coordinator, desk, director, organiser } from './accounts';
import { Centre } from './centre';
import { Provision } from './provision';

jest.setTimeout(60_000);

describe('when the time of a file is over', () => {
  let centre: Centre;
  let provision: Provision;
  beforeAll(async () => {
    centre = await Centre.open();
    provision = new Provision(centre);
  }, 120_000);
  afterAll(() => centre.close(), 30_000);

  const status = async (...[of, path, as]: Parameters<Centre['get']>): Promise<number> =>
    centre.get(of, path, as).then(
      () => 200,
      (error: unknown) => Number(/: (\d{3}) /.exec(String(error))?.[1]),
    );

  test('one proposes, another approves, and nobody reads it any more, in whichever service', async () => {
    const [offered] = await centre.programme([5]);
    if (!offered) throw new Error('No offer.');
    const planned = await centre.qualified([offered]);
    const { personId } = planned;
    const plan = await provision.approvedPlan(planned);
    const allocation = (await provision.allocations(plan)).get(offered.offerId) ?? '';
    await provision.deliver(offered, await provision.accept(offered, allocation), allocation, 1);
    await eventually(async () => expect(await status('notifications', `/recipients/${personId}`, desk)).toBe(200));
    await centre.act(`/persons/${personId}`, 'death', desk, { diedOn: centre.today, source: 'DEATH_CERTIFICATE' });
    await centre.act(plan, 'closing-talk', coordinator, { heldOn: centre.today, outcome: 'IMPOSSIBLE' });
    await centre.act(plan, 'closure', coordinator, { description: 'Śmierć.' });
    const early = await centre.send('cases', '/disposals', organiser);
    expect(early).toMatchObject({ status: 409, body: { type: expect.stringMatching(/nothing-due$/) } });

    expect(await centre.get('cases', `/persons/${personId}/retention`, director)).toMatchObject({ state: 'KEPT' });
    // Ten whole years from the end of this one.
    centre.pass(11 * 366);
    const { id } = await centre.post('cases', '/disposals', organiser);
    const disposal = `/disposals/${String(id)}`;
    expect(await centre.list('cases', `${disposal}/files`, director)).toMatchObject([{ personId, category: 'B10' }]);
    await centre.act(disposal, 'approval', director, { archiveConsent: 'OA-II.6320.12.2026' });
    await eventually(
      async () => expect(await centre.get('cases', disposal)).toMatchObject({ erased: 1, kept: 0 }),
      20_000,
    );
    for (const path of [`/persons/${personId}`, plan]) expect(await status('cases', path, director)).toBe(404);
    expect(await centre.get('cases', planned.path)).toMatchObject({ state: 'QUALIFIED', personId });
    await eventually(
      async () => expect(await status('notifications', `/recipients/${personId}`, desk)).toBe(404),
      20_000,
    );
    expect(centre.told(personId).at(-1)).toBe('person.erased');
  });
});
