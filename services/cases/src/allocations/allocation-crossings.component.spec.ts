import { randomBytes } from 'node:crypto';
import { loadConfig } from '@okienko/chassis/config';
import { createService } from '@okienko/chassis/create-service';
import { addDays } from '@okienko/contracts/calendar';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { Application } from '../applications/application';
import { CasesConfig } from '../config';
import { coordinator, director, idOf, Scenario, today } from '../scenario';
import { casesService } from '../service';
import { endSingleAllocations } from './allocation-ending';
import { ReferralCommands } from './referrals.commands';

type Replica = Awaited<ReturnType<typeof createService>>;

let scenario: Scenario;
let replica: Replica;
let url: string;
beforeAll(async () => {
  scenario = await Scenario.start();
  const { database, namespace, issuer } = scenario.service;
  const config = loadConfig(CasesConfig, {
    DATABASE_URL: database.app,
    NATS_URL: process.env['TEST_NATS_URL'] ?? '',
    EVENT_NAMESPACE: namespace,
    OIDC_ISSUER: issuer.url,
    LOG_LEVEL: 'silent',
    RATE_LIMIT: '1000000',
    // Nothing of a person is read here, so its keys need not be those of the other replica.
    MASTER_KEY: randomBytes(32).toString('base64'),
    BLIND_INDEX_KEY: randomBytes(32).toString('base64'),
    SEALING_PUBLIC_KEY: JSON.stringify(scenario.notificationsKey.publicJwk),
  });
  replica = await createService(casesService, config);
  await replica.app.listen(0, '127.0.0.1');
  url = await replica.app.getUrl();
}, 120_000);
afterAll(async () => {
  await replica.stop();
  await scenario.stop();
});
jest.setTimeout(240_000);

/** An act at the second replica; whoever sends a stale version asks for the present one and tries again. */
async function atOther(id: string, act: string, body: object): Promise<number> {
  for (;;) {
    const version = await scenario.version(`/allocations/${id}`);
    const response = await fetch(`${url}/allocations/${id}/${act}`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${await scenario.service.issuer.token(director)}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': uuidv7(),
        'If-Match': `"${version}"`,
      },
      body: JSON.stringify(body),
    });
    if (response.status !== 412) return response.status;
  }
}

const acts = [
  'accept',
  'decline',
  'lapse',
  'lapse-elsewhere',
  'suspend',
  'resign',
  'terminate',
  'late-accept',
] as const;
type Act = (typeof acts)[number];

it('a service used singly ends with the matter of its person, also while nobody has answered', async () => {
  const { offerId } = await scenario.offer(5);
  const taken = await scenario.qualified(offerId);
  const path = `/applications/${taken.id}/items/${taken.itemId}/allocation`;
  const allocationId = idOf(await scenario.post(path, coordinator, { from: today, to: today, quantity: 1 }));
  await replica.app.get(UnitOfWork).run(async (work) => {
    await work.load(Application, taken.id);
    await endSingleAllocations(work, taken.id, { reason: 'DEATH', endedOn: today });
  });
  const { data } = await scenario.service.published('cases.allocation.terminated.v1', allocationId);
  expect(data).toMatchObject({ applicationId: taken.id, reasonCode: 'DEATH', terminatedOn: today });
  const places = 'select ended_at is not null as over from service_place where item_id = $1';
  expect(await scenario.service.sql(places, [taken.itemId])).toEqual([{ over: true }]);
});

/** The words that the history of an allocation may be. */
const history = new RegExp(
  '^created referred( (declined|referral-lapsed)( referred)?)*( accepted( started)?( unit-delivered)*( suspended)?)?( resigned| terminated)?$',
);

it('an allocation is performed under one order at the most, whatever crosses at two replicas', async () => {
  const crossing = fc.asyncProperty(
    fc.boolean(),
    fc.shuffledSubarray([...acts], { minLength: 3 }),
    async (isUnderWay, crossed) => {
      const plan = await scenario.approvedPlan();
      const id = plan.allocationId;
      const next = await scenario.capacity(plan.offerId);
      if (!isUnderWay)
        await scenario.service.sql('update allocation set answer_by = $2 where id = $1', [id, addDays(today, -1)]);
      const [one, two] = [uuidv7(), uuidv7()];
      if (isUnderWay) {
        await scenario.accept(plan, 1, one);
        await scenario.deliver(plan, one, 1);
        await scenario.allocationBecomes(id, { state: 'IN_DELIVERY' });
      }
      const lapse = (from: Replica): Promise<void> => from.app.get(ReferralCommands).lapseOverdue(id);
      const does: Record<Act, () => Promise<unknown>> = {
        accept: () => scenario.accept(plan, 1, one),
        decline: () => scenario.decline(plan, 1),
        lapse: () => lapse(replica),
        'lapse-elsewhere': async () => {
          const version = await scenario.version(`/allocations/${id}`);
          const { status } = await scenario.post(`/allocations/${id}/referral-lapse`, coordinator, {}, version);
          expect([200, 409, 412]).toContain(status);
        },
        suspend: async () =>
          expect([200, 409]).toContain(await atOther(id, 'suspension', { from: today, reasonCode: 'OTHER' })),
        resign: async () => expect([200, 409]).toContain(await atOther(id, 'resignation', { resignedOn: today })),
        terminate: async () =>
          expect([200, 409]).toContain(await atOther(id, 'termination', { reasonCode: 'MOVED', terminatedOn: today })),
        'late-accept': () => scenario.accept({ ...plan, providerId: next }, 2, two),
      };
      await Promise.all(crossed.map((act) => does[act]()));
      // An event of another aggregate has had its effect, so those before it have.
      await scenario.capacity(uuidv7());
      const { body } = await scenario.get(`/allocations/${id}`, coordinator);
      const facts = (await scenario.facts(id)).map((fact) => fact.replace('allocation.', ''));
      expect(facts.join(' ')).toMatch(history);
      expect(body['version']).toBe(facts.length);
      expect(facts.filter((fact) => fact === 'accepted').length).toBeLessThanOrEqual(1);
      expect([null, one, two]).toContain(body['state'] === 'DECLINED' ? null : body['orderId']);
      if (body['orderId'] === two) expect(body['providerId']).toBe(next);
      const referrals = (await scenario.get(`/allocations/${id}/referrals`, coordinator)).body['items'] as {
        attempt: number;
        outcome: string | null;
      }[];
      expect(referrals).toHaveLength(facts.filter((fact) => fact === 'referred').length);
      expect(referrals.filter(({ outcome }) => outcome === 'ACCEPTED').length).toBeLessThanOrEqual(1);
      for (const { attempt, outcome } of referrals.slice(0, -1))
        expect([attempt, ['DECLINED', 'LAPSED'].includes(outcome ?? '')]).toEqual([attempt, true]);
      const running = await scenario.service.sql(
        "select 1 from deadline where subject_id = $1 and kind = 'REFERRAL_ANSWER' and ended_at is null",
        [id],
      );
      expect(running).toHaveLength(body['state'] === 'REFERRED' ? 1 : 0);
    },
  );
  await fc.assert(crossing, { numRuns: 16, endOnFailure: true });
});
