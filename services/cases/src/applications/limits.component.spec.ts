import { addDays } from '@okienko/contracts/calendar';
import { programmeEnteredIntoForceV1 } from '@okienko/contracts/catalogue/programme-entered-into-force.v1';
import { event } from '@okienko/contracts/event';
import fc from 'fast-check';
import { coordinator, type Filed, gmina, problemOf, Scenario, today } from '../scenario';

let scenario: Scenario;
beforeAll(async () => (scenario = await Scenario.start()), 60_000);
afterAll(() => scenario.stop());

const inParallel = <T, R>(things: readonly T[], act: (thing: T) => Promise<R>): Promise<R[]> =>
  Promise.all(things.map(act));

async function placesOf(programmeId: string): Promise<unknown> {
  const [row] = await scenario.service.sql(
    `select taken, (select count(*)::int from service_place p where p.programme_id = s.programme_id and released_at is null) as held
     from programme_service s where programme_id = $1`,
    [programmeId],
  );
  return row;
}

describe('the limit of a programme (art. 42(2))', () => {
  it('gives seven places to forty who are qualified at the same time', async () => {
    const { offerId, programmeId } = await scenario.offer(7);
    const applications: Filed[] = [];
    for (let n = 0; n < 40; n += 1) applications.push(await scenario.file([offerId]));
    const answers = await inParallel(applications, (filed) =>
      scenario.post(`/applications/${filed.id}/items/${filed.itemIds[0] ?? ''}/qualification`, coordinator, {}, 1),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(7);
    expect(answers.filter(({ status }) => status !== 200).map(problemOf)).toEqual(
      Array(33).fill([409, 'limit-reached']),
    );
    expect(await placesOf(programmeId)).toEqual({ taken: 7, held: 7 });
    const [{ count } = { count: 0 }] = await scenario.service.sql<{ count: number }>(
      `select count(*)::int as count from application where state = 'QUALIFIED' and items @> $1::jsonb`,
      [JSON.stringify([{ offerId }])],
    );
    expect(count).toBe(7);
  }, 60_000);

  it('holds whatever is qualified and withdrawn meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 3 }),
        fc.array(fc.boolean(), { minLength: 4, maxLength: 8 }),
        async (limit, withdraws) => {
          const { offerId, programmeId } = await scenario.offer(limit);
          const applications = await inParallel(withdraws, async (withdrawn) => ({
            withdrawn,
            filed: await scenario.file([offerId]),
          }));
          await inParallel(applications, async ({ filed, withdrawn }) => {
            const { status } = await scenario.actOnItem(filed, filed.itemIds[0] ?? '', 'qualification');
            if (status === 200 && withdrawn) await scenario.actOnItem(filed, filed.itemIds[0] ?? '', 'withdrawal');
          });
          const [state] = await scenario.service.sql<{ qualified: number }>(
            `select count(*)::int as qualified from application where state = 'QUALIFIED' and items @> $1::jsonb`,
            [JSON.stringify([{ offerId }])],
          );
          expect(state?.qualified).toBeLessThanOrEqual(limit);
          expect(await placesOf(programmeId)).toEqual({ taken: state?.qualified, held: state?.qualified });
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);

  it('changes with a resolution while cases are open, and each case keeps the edition it was qualified under', async () => {
    const { offerId, programmeId } = await scenario.offer(2);
    const [first, second, third] = [
      await scenario.qualified(offerId),
      await scenario.file([offerId]),
      await scenario.file([offerId]),
    ];
    await scenario.tell(
      event(programmeEnteredIntoForceV1, programmeId, {
        programmeVersion: 2,
        terc: gmina,
        validFrom: addDays(today, -300),
        validTo: addDays(today, 600),
        services: [{ serviceCode: 'teleopieka', expectedPersons: 3, queueRule: 'NONE' }],
        dataScope: [],
      }),
    );
    await scenario.known('select from programme where id = $1 and programme_version = 2', [programmeId]);
    for (const filed of [second, third])
      expect(await scenario.actOnItem(filed, filed.itemIds[0] ?? '', 'qualification')).toMatchObject({ status: 200 });
    const editions = await inParallel([first, second, third], async ({ id }) => {
      const { body } = await scenario.get(`/applications/${id}`, coordinator);
      return (body['items'] as { programmeVersion: number }[]).map(({ programmeVersion }) => programmeVersion);
    });
    expect(editions).toEqual([[1], [2], [2]]);
    expect(await placesOf(programmeId)).toEqual({ taken: 3, held: 3 });
  });

  it('lets one of two applications of the same person through', async () => {
    const { offerId, programmeId } = await scenario.offer(5);
    const personId = await scenario.person();
    const both = await inParallel([1, 2], () => scenario.file([offerId], { personId }));
    const answers = await inParallel(both, (filed) =>
      scenario.actOnItem(filed, filed.itemIds[0] ?? '', 'qualification'),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await placesOf(programmeId)).toEqual({ taken: 1, held: 1 });
  });
});
