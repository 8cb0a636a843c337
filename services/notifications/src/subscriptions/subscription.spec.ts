import { NotFound, NotInState } from '@okienko/contracts/domain-error';
import { KeyRing } from '@okienko/privacy/key-ring';
import * as fc from 'fast-check';
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

describe('the approval of a subscription', () => {
  const decision = { by: 'director-maria', reason: 'EXAMPLE', now };
  const acts = {
    ask: (one: Subscription) => one.askApproval(),
    approve: (one: Subscription) => one.approve(decision),
    refuse: (one: Subscription) => one.refuse(decision),
    authenticate: (one: Subscription) => one.authenticateBy(undefined),
    move: (one: Subscription) => one.moveTo('https://other.powiat.example', undefined),
  };
  const names = Object.keys(acts) as (keyof typeof acts)[];

  it('is decided on while it is awaited, and only then', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...names)), (sequence) => {
        const subscription = create();
        let [isAwaited, isOpen, changes] = [false, true, 0];
        for (const name of sequence) {
          const decides = name === 'approve' || name === 'refuse';
          if (decides && !isAwaited) expect(() => acts[name](subscription)).toThrow(NotInState);
          else acts[name](subscription);
          if (name === 'authenticate') changes += 1;
          if (name === 'ask') [isAwaited, isOpen] = [true, false];
          if (decides && isAwaited) [isAwaited, isOpen] = [false, name === 'approve'];
          expect([subscription.isOpen, subscription.credentialVersion]).toEqual([isOpen, changes]);
        }
      }),
    );
  });

  it('says who decided, and never why or about which sink', () => {
    const subscription = create();
    expect(subscription.askApproval().data).toEqual({ partnerId: 'powiat-elblaski' });
    expect(subscription.refuse(decision).data).toEqual({ partnerId: 'powiat-elblaski', decidedBy: 'director-maria' });
    expect(subscription.moveTo('https://other.powiat.example', 60).data).toEqual({
      partnerId: 'powiat-elblaski',
      part: 'SINK',
    });
    expect(subscription).toMatchObject({ sink: 'https://other.powiat.example', postsPerMinute: 60 });
  });

  it('and every change ends with the subscription', () => {
    const subscription = create();
    subscription.end(now);
    for (const name of ['ask', 'authenticate', 'move'] as const)
      expect(() => acts[name](subscription)).toThrow(NotFound);
    expect(() => subscription.want([], [])).toThrow(NotFound);
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
