import { randomUUID } from 'node:crypto';
import { partner, type Subscribed, WebhookScenario } from '../heartbeats/scenario';

jest.setTimeout(60_000);

describe('when a sink takes nothing any more', () => {
  let webhooks: WebhookScenario;
  beforeAll(async () => {
    webhooks = await WebhookScenario.start();
  }, 60_000);
  afterAll(() => webhooks?.stop());
  afterEach(() => webhooks.service.sql('update subscription set ended_at = now() where ended_at is null'));

  const watched = async (): Promise<Subscribed & { email: string }> => {
    const email = `dyzur-${randomUUID()}@powiat.example`;
    return { ...(await webhooks.subscribed({ alertEmail: email })), email };
  };
  const broken = ({ id }: Subscribed, minutes: number | null) =>
    webhooks.service.sql(`update subscription set broken_since = now() - make_interval(mins => $2) where id = $1`, [
      id,
      minutes,
    ]);
  const mailed = (email: string, count: number) =>
    webhooks.service.eventually(() => {
      expect(webhooks.mail.to(email)).toHaveLength(count);
      return webhooks.mail.to(email);
    }, 30_000);
  const alerted = ({ id }: Subscribed, alert: string | null) =>
    webhooks.service.eventually(async () =>
      expect(await webhooks.service.sql('select alerted from subscription where id = $1', [id])).toEqual([
        { alerted: alert },
      ]),
    );
  const looks = () => new Promise((resolve) => setTimeout(resolve, 6_000));
  const gauge = async (alert: string): Promise<number> => {
    const text = await fetch(`${webhooks.service.url}/metrics`).then((response) => response.text());
    return Number(
      new RegExp(`notifications_subscriptions_broken\\{[^}]*alert="${alert}"[^}]*\\} (\\d+)`).exec(text)?.[1],
    );
  };

  it('for an hour, its people are written to, once, of several replicas by one', async () => {
    const replica = await webhooks.service.replica();
    const [mine, early] = [await watched(), await watched()];
    await broken(mine, 61);
    await broken(early, 59);
    const [mail] = await mailed(mine.email, 1);
    expect(mail?.raw).toContain(mine.id);
    expect(mail?.raw).not.toContain(mine.path);
    await looks();
    expect(webhooks.mail.to(mine.email)).toHaveLength(1);
    expect(webhooks.mail.to(early.email)).toHaveLength(0);
    expect([await gauge('BROKEN'), await gauge('GIVEN_UP')]).toEqual([1, 0]);
    await replica.stop();
  });

  it('and did so before, they are written to again', async () => {
    const mine = await watched();
    await broken(mine, 61);
    await mailed(mine.email, 1);
    await broken(mine, null);
    await alerted(mine, null);
    await broken(mine, 61);
    await mailed(mine.email, 2);
  });

  it('because it is gone, they are told that nothing is posted until they resume', async () => {
    const mine = await watched();
    webhooks.sinks.answers.set(mine.path, 410);
    await webhooks.withdraw();
    const [mail] = await mailed(mine.email, 1);
    expect(mail?.raw).toContain('resumption');
    expect(await gauge('GIVEN_UP')).toBe(1);
    webhooks.sinks.answers.delete(mine.path);
    await webhooks.service.http('POST', `/subscriptions/${mine.id}/resumption`, { as: partner(mine.partnerId) });
    await alerted(mine, null);
  });

  it('because its partner wants so, or nobody is to be written to, no mail goes', async () => {
    const [paused, quiet] = [await watched(), await webhooks.subscribed()];
    const sent = webhooks.mail.mails.length;
    await webhooks.service.http('POST', `/subscriptions/${paused.id}/pause`, { as: partner(paused.partnerId) });
    await broken(quiet, 61);
    await alerted(quiet, 'BROKEN');
    await alerted(paused, null);
    expect(webhooks.mail.mails).toHaveLength(sent);
  });

  it('and the mail server neither, the mail goes later', async () => {
    const mine = await watched();
    webhooks.mail.answers.set(mine.email, [451]);
    await broken(mine, 61);
    await mailed(mine.email, 1);
    await alerted(mine, 'BROKEN');
  });

  it('an address that is none is refused', async () => {
    expect((await webhooks.ask({ alertEmail: 'dyzur' })).answer.status).toBe(400);
    expect((await webhooks.ask({ alertEmail: 'a@b.example\r\nBcc: c@d.example' })).answer.status).toBe(400);
  });
});
