import { NotFound } from '@okienko/contracts/domain-error';
import { KeyRing } from '@okienko/privacy/key-ring';
import { NoSuchEvent } from '../grants/event-types';
import { Subscription } from './subscription';
import { WebhookSecrets } from './webhook-secret';

const now = new Date('2026-03-02T08:00:00Z');
const id = '0197a000-0000-7000-8000-000000000050';
const create = (types: string[] = []) =>
  Subscription.create(id, 'powiat-elblaski', { sink: 'https://hooks.powiat.example', types, filters: [] }, now);

describe('a subscription', () => {
  it('is created for a partner, and neither sink nor secret enters the event', () => {
    expect(create().created()).toMatchObject({ subject: id, data: { partnerId: 'powiat-elblaski' } });
    expect(Object.keys(create().created().data)).toEqual(['partnerId']);
  });

  it('knows no events but those for partners', () => {
    expect(create(['cases.plan.', 'catalogue.']).types).toHaveLength(2);
    expect(() => create(['cases.person-contact.'])).toThrow(NoSuchEvent);
  });

  it('signs with a new secret after a rotation, and with the one before it until then', () => {
    const subscription = create();
    const fact = subscription.rotateSecret(new Date('2026-03-03T08:00:00Z'));
    expect(subscription.secretVersion).toBe(2);
    expect(fact.data).toEqual({ partnerId: 'powiat-elblaski', earlierSecretUntil: '2026-03-03T08:00:00.000Z' });
    subscription.end(now);
    expect(() => subscription.rotateSecret(now)).toThrow(NotFound);
  });

  it('ends once', () => {
    const subscription = create();
    subscription.end(now);
    expect(subscription.ended().data).toEqual({ partnerId: 'powiat-elblaski' });
    expect(() => subscription.end(now)).toThrow(NotFound);
  });
});

describe('the secret of a subscription', () => {
  const ring = (webhookKey: number) =>
    KeyRing.fromEnvironmentValues(
      Buffer.alloc(32, 1).toString('base64'),
      Buffer.alloc(32, webhookKey).toString('base64'),
    );

  it('is the same each time, another for another subscription and under another key', () => {
    const secrets = new WebhookSecrets(ring(2));
    expect(secrets.of(id)).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(secrets.of(id)).toBe(new WebhookSecrets(ring(2)).of(id));
    expect(secrets.of(id)).not.toBe(secrets.of(id.replace('50', '51')));
    expect(secrets.of(id)).not.toBe(new WebhookSecrets(ring(3)).of(id));
  });
});
