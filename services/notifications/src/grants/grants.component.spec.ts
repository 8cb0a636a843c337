import { randomUUID } from 'node:crypto';
import { serviceOfferWithdrawnV1 } from '@okienko/contracts/catalogue/service-offer-withdrawn.v1';
import { event } from '@okienko/contracts/event';
import { director, partner, type Subscribed, WebhookScenario } from '../heartbeats/scenario';

jest.setTimeout(60_000);

const elblag = '2861011';
const ostrowiec = '2607011';
const year = { validFrom: '2020-01-01', validTo: '2199-12-31' };

describe('what waits for a sink is looked at under the grants of the moment', () => {
  let webhooks: WebhookScenario;
  beforeAll(async () => {
    webhooks = await WebhookScenario.start();
  }, 60_000);
  afterAll(() => webhooks?.stop());

  interface Given {
    readonly id: string;
    readonly version: number;
  }
  const grant = async (partnerId: string, more: object): Promise<Given> => {
    const body = { partnerId, types: ['catalogue.'], ...year, ...more };
    const given = await webhooks.service.http<Given & Record<string, unknown>>('POST', '/grants', {
      as: director,
      body,
    });
    expect(given.status).toBe(201);
    return given.body;
  };
  const revoke = async ({ id, version }: Given) =>
    expect(
      (await webhooks.service.http('POST', `/grants/${id}/revocation`, { as: director, ifMatch: version })).status,
    ).toBe(200);
  /** One event about each gmina was refused by the sink, and comes again. */
  const waiting = async (first: object): Promise<Subscribed & { readonly grant: Given }> => {
    const partnerId = `partner-${randomUUID()}`;
    const path = `/${partnerId}`;
    const given = await grant(partnerId, first);
    webhooks.sinks.answers.set(path, 400);
    const { body } = await webhooks.service.http<{ id: string }>('POST', '/subscriptions', {
      as: partner(partnerId),
      body: { sink: `http://${webhooks.place}${path}` },
    });
    for (const gmina of [elblag, ostrowiec])
      await webhooks.service.publish(event(serviceOfferWithdrawnV1, randomUUID(), { reasonCode: 'EXAMPLE' }, gmina), {
        sequence: 1,
      });
    await webhooks.posted(path, 2);
    return { id: body.id, partnerId, path, grant: given };
  };
  const outcome = async ({ id, path }: Subscribed) => {
    webhooks.sinks.answers.delete(path);
    await webhooks.service.sql('update dispatch set next_attempt_at = now() where subscription_id = $1', [id]);
    return webhooks.service.eventually(async () => {
      const rows = await webhooks.service.sql<{ gmina: string; state: string }>(
        `select e.gmina, d.state from dispatch d join feed_event e on e.id = d.event_id
         where d.subscription_id = $1 and d.state <> 'PENDING'`,
        [id],
      );
      expect(rows).toHaveLength(2);
      return Object.fromEntries(rows.map(({ gmina, state }) => [gmina, state]));
    });
  };

  it('so a narrower area holds back what lies outside of it', async () => {
    const mine = await waiting({});
    await grant(mine.partnerId, { gminas: [elblag] });
    await revoke(mine.grant);
    expect(await outcome(mine)).toEqual({ [elblag]: 'DELIVERED', [ostrowiec]: 'WITHHELD' });
  });

  it('so other types hold back everything else', async () => {
    const mine = await waiting({});
    await grant(mine.partnerId, { types: ['cases.plan.'] });
    await revoke(mine.grant);
    expect(await outcome(mine)).toEqual({ [elblag]: 'WITHHELD', [ostrowiec]: 'WITHHELD' });
    expect(webhooks.sinks.at(mine.path)).toHaveLength(2);
  });

  it('so the day after its last nothing goes out, neither by webhook nor by the feed', async () => {
    const mine = await waiting({ validTo: webhooks.clock.today });
    webhooks.clock.days += 1;
    expect(await outcome(mine)).toEqual({ [elblag]: 'WITHHELD', [ostrowiec]: 'WITHHELD' });
    const { body } = await webhooks.service.http<{ items: { event: object | null }[] }>(
      'GET',
      `/subscriptions/${mine.id}/events`,
      { as: partner(mine.partnerId) },
    );
    expect(body.items.map(({ event: one }) => one)).toEqual([null, null]);
  });
});
