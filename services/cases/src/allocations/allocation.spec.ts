import { addDays } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { IndividualPlan } from '../plans/individual-plan';
import type { PlanItem } from '../plans/plan-content';
import { DayInTheFuture, PeriodReversed } from '../plans/plan-errors';
import { Allocation } from './allocation';
import {
  AnswerTermRuns,
  DecisionNumberMissing,
  MoreThanGranted,
  PastTheGrant,
  ProviderJustDeclined,
} from './allocation-errors';
import { allocationStates, terminationReasons } from './allocation-states';

const item: PlanItem = { itemId: 'item', offerId: 'offer', providerId: 'p-1', quantity: 30, unit: 'HOUR' };
const application = {
  id: 'application',
  unit: 'main',
  terc: '2861011',
  personId: 'person',
  filedAt: new Date('2026-03-01T09:00:00Z'),
  isQualified: () => true,
};
const content = { from: '2026-03-02', to: '2026-06-30', items: [item], texts: Buffer.from('ciphertext') };
const plan = IndividualPlan.draft('plan', application, content, 'kipus', new Date('2026-03-02T09:00:00Z'));

function referred(): Allocation {
  const allocation = Allocation.create('allocation', plan, item);
  allocation.refer('p-1');
  return allocation;
}

const single = {
  itemId: 'item',
  offerId: 'offer',
  from: '2026-03-02',
  to: '2026-06-30',
  quantity: 3,
  unit: 'HOUR',
} as const;
const day = '2026-03-10';

function accepted(): Allocation {
  const allocation = referred();
  allocation.accept('order-1');
  return allocation;
}

describe('an allocation', () => {
  it('is created and referred with the terms of the plan', () => {
    const terms = {
      planId: 'plan',
      offerId: 'offer',
      from: '2026-03-02',
      to: '2026-06-30',
      quantity: 30,
      unit: 'HOUR',
    };
    expect(referred().created().data).toEqual({ ...terms, personId: 'person' });
    expect(referred().referred().data).toEqual({ ...terms, providerId: 'p-1', attempt: 1 });
  });

  it('awaits the answer of its provider to the present attempt, and no other', () => {
    const allocation = referred();
    allocation.decline('order-1', 'NO_CAPACITY');
    expect(allocation.declined().data).toMatchObject({
      providerId: 'p-1',
      orderId: 'order-1',
      reasonCode: 'NO_CAPACITY',
    });
    expect(() => allocation.refer('p-1')).toThrow(ProviderJustDeclined);
    allocation.refer('p-2');
    expect(allocation.awaits({ providerId: 'p-1', attempt: 1 })).toBe(false);
    expect(allocation.awaits({ providerId: 'p-1', attempt: 2 })).toBe(false);
    expect(allocation.awaits({ providerId: 'p-2', attempt: 1 })).toBe(false);
    expect(allocation.awaits({ providerId: 'p-2', attempt: 2 })).toBe(true);
    expect(allocation.isPerformedUnder('order-1')).toBe(false);
  });

  it('starts, counts and completes, and may count what comes after', () => {
    const allocation = accepted();
    expect(() => allocation.count(1)).toThrow('ACCEPTED');
    allocation.start('2026-03-05');
    allocation.count(4);
    allocation.complete('2026-06-30');
    allocation.count(2);
    expect(allocation.unitDelivered('delivery', 2).data).toEqual({
      planId: 'plan',
      deliveryId: 'delivery',
      quantity: 2,
      deliveredTotal: 6,
    });
    expect(allocation.completed().data).toMatchObject({ orderId: 'order-1', completedOn: '2026-06-30' });
    expect(() => allocation.complete('2026-07-01')).toThrow('COMPLETED');
  });

  it('is not accepted twice, nor completed before anybody has taken it', () => {
    expect(() => accepted().accept('order-2')).toThrow('ACCEPTED');
    expect(() => referred().complete('2026-06-30')).toThrow('REFERRED');
    expect(() => referred().accepted()).toThrow('REFERRED');
  });
});

describe('a referral', () => {
  const asked = (): Allocation => {
    const allocation = Allocation.create('allocation', plan, item);
    allocation.refer('p-1', '2026-03-07');
    return allocation;
  };

  it('tells until when it may be answered, and lapses after that day', () => {
    expect(asked().referred().data).toMatchObject({ answerBy: '2026-03-07' });
    expect(asked().isOverdue('2026-03-07')).toBe(false);
    expect(() => asked().lapse('2026-03-07')).toThrow(AnswerTermRuns);
    const lapsed = asked();
    expect(lapsed.isOverdue('2026-03-08')).toBe(true);
    lapsed.lapse('2026-03-08');
    expect(lapsed.referralLapsed('2026-03-08').data).toEqual({
      planId: 'plan',
      offerId: 'offer',
      providerId: 'p-1',
      attempt: 1,
      lapsedOn: '2026-03-08',
    });
    expect(lapsed.awaits({ providerId: 'p-1', attempt: 1 })).toBe(false);
    expect(() => lapsed.refer('p-1')).toThrow(ProviderJustDeclined);
  });

  it('that was answered does not lapse', () => {
    expect(accepted().isOverdue('2027-01-01')).toBe(false);
    expect(() => accepted().lapse('2027-01-01')).toThrow('ACCEPTED');
  });
});

describe('a service under way', () => {
  const started = (): Allocation => {
    const allocation = accepted();
    allocation.start('2026-03-05');
    return allocation;
  };

  it('pauses and goes on, and what was delivered before still counts', () => {
    const allocation = started();
    const pause = { from: '2026-03-09', until: '2026-03-20', reasonCode: 'PERSON_AWAY' } as const;
    allocation.suspend(pause, day);
    allocation.count(2);
    expect(allocation.suspended(pause).data).toMatchObject({ orderId: 'order-1', attempt: 1, ...pause });
    expect(() => allocation.suspend(pause, day)).toThrow('SUSPENDED');
    expect(() => allocation.resume('2026-03-08', day)).toThrow(PeriodReversed);
    expect(() => allocation.resume('2026-03-11', day)).toThrow(DayInTheFuture);
    allocation.resume('2026-03-10', day);
    expect(allocation.resumed('2026-03-10').data).toMatchObject({ resumedOn: '2026-03-10' });
    expect(() => allocation.resume('2026-03-10', day)).toThrow('IN_DELIVERY');
  });

  it('does not pause from a day to come, nor backwards', () => {
    const reasonCode = 'OTHER' as const;
    expect(() => started().suspend({ from: addDays(day, 1), reasonCode }, day)).toThrow(DayInTheFuture);
    expect(() => started().suspend({ from: day, until: addDays(day, -1), reasonCode }, day)).toThrow(PeriodReversed);
  });

  it('is taken away against the will of the person by a decision only', () => {
    for (const reasonCode of terminationReasons) {
      const allocation = started();
      const act = (decisionNumber?: string) =>
        allocation.terminate({ reasonCode, terminatedOn: day, ...(decisionNumber ? { decisionNumber } : {}) });
      if (reasonCode === 'BREACH' || reasonCode === 'LIMIT_USED') {
        expect(() => act()).toThrow(DecisionNumberMissing);
        act('CUS.1.2026');
      } else act();
      expect(allocation.terminated().data).toMatchObject({ reasonCode, terminatedOn: day, orderId: 'order-1' });
    }
  });

  it('ends on no day to come, nor before its first delivery', () => {
    expect(() => started().assertMayEndOn('2026-03-05', day)).not.toThrow();
    expect(() => started().assertMayEndOn('2026-03-04', day)).toThrow(PeriodReversed);
    expect(() => started().assertMayEndOn(addDays(day, 1), day)).toThrow(DayInTheFuture);
    expect(() => referred().assertMayEndOn('2026-01-01', day)).not.toThrow();
  });

  it('ends without an order when nobody had taken it', () => {
    const declined = referred();
    declined.decline('order-1', 'OTHER');
    declined.resign(day);
    expect(declined.resigned().data).toEqual({
      planId: 'plan',
      personId: 'person',
      offerId: 'offer',
      providerId: 'p-1',
      attempt: 1,
      resignedOn: day,
    });
    expect(declined.isPerformedUnder('order-1')).toBe(false);
  });
});

describe('a service used singly', () => {
  it('names its application in every event, and no plan', () => {
    const allocation = Allocation.createSingly('allocation', application, { ...single, words: null });
    allocation.refer('p-1');
    const told = [allocation.created(), allocation.referred()];
    allocation.accept('order-1');
    told.push(allocation.accepted());
    allocation.start(day);
    allocation.count(1);
    told.push(allocation.started(), allocation.unitDelivered('delivery', 1));
    allocation.complete(day);
    told.push(allocation.completed());
    for (const { contract, data } of told) {
      expect(contract.$id).toMatch(/\.v2$/);
      expect(data).toMatchObject({ applicationId: 'application' });
      expect(data).not.toHaveProperty('planId');
    }
    expect(allocation.hasEndedSingly).toBe(true);
  });

  it('does not run backwards', () => {
    const backwards = { ...single, from: '2026-07-01', words: null };
    expect(() => Allocation.createSingly('allocation', application, backwards)).toThrow(PeriodReversed);
  });

  it('is for as many units as are left of the grant, and no more', () => {
    const of = (left?: number) => () =>
      Allocation.createSingly('allocation', application, { ...single, left, words: null });
    expect(of(single.quantity)).not.toThrow();
    expect(of()).not.toThrow();
    expect(of(single.quantity - 1)).toThrow(MoreThanGranted);
    expect(of(0)).toThrow(MoreThanGranted);
  });

  it('lasts as long as it was granted, and not a day longer', () => {
    const lasting = (grantedUntil: string) => () =>
      Allocation.createSingly('allocation', application, { ...single, grantedUntil, words: null });
    expect(lasting(single.to)).not.toThrow();
    expect(lasting(addDays(single.to, -1))).toThrow(PastTheGrant);
  });
});

describe('whatever happens to an allocation', () => {
  const acts: Record<string, (allocation: Allocation, n: number) => void> = {
    refer: (allocation, n) => allocation.refer(`p-${n % 3}`, day),
    accept: (allocation, n) => allocation.accept(`order-${n}`),
    decline: (allocation, n) => allocation.decline(`order-${n}`, 'OTHER'),
    lapse: (allocation) => allocation.lapse(addDays(day, 1)),
    start: (allocation) => allocation.start(day),
    suspend: (allocation) => allocation.suspend({ from: day, reasonCode: 'OTHER' }, day),
    resume: (allocation) => allocation.resume(day, day),
    complete: (allocation) => allocation.complete(day),
    resign: (allocation) => allocation.resign(day),
    terminate: (allocation) => allocation.terminate({ reasonCode: 'MOVED', terminatedOn: day }),
  };
  const walk = fc.array(fc.tuple(fc.constantFrom(...Object.keys(acts)), fc.nat(9)), { maxLength: 30 });
  const orders = Array.from({ length: 10 }, (_, n) => `order-${n}`);
  const stateOf = (allocation: Allocation): string => (allocation as unknown as { state: string }).state;

  it('an act out of turn changes nothing, one order performs it at the most, and its end is the end', () => {
    fc.assert(
      fc.property(walk, (steps) => {
        const allocation = Allocation.create('allocation', plan, item);
        let ended = false;
        for (const [act, n] of steps) {
          const before = JSON.stringify(allocation);
          try {
            acts[act]?.(allocation, n);
            expect(ended).toBe(false);
          } catch (error) {
            if (!(error instanceof Error) || !('code' in error)) throw error;
            expect(JSON.stringify(allocation)).toBe(before);
          }
          ended ||= allocationStates.indexOf(stateOf(allocation) as never) >= allocationStates.indexOf('COMPLETED');
          const performed = orders.filter((order) => allocation.isPerformedUnder(order));
          expect(performed.length).toBeLessThanOrEqual(1);
          if (allocation.isTaken) expect(performed).toHaveLength(1);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('a pause always has its end before the next begins', () => {
    fc.assert(
      fc.property(walk, (steps) => {
        const allocation = accepted();
        for (const [act, n] of steps) {
          try {
            acts[act]?.(allocation, n);
          } catch {
            continue;
          }
        }
        const { suspensions } = allocation as unknown as { suspensions: { resumedOn?: string }[] };
        const open = suspensions.filter(({ resumedOn }) => resumedOn === undefined);
        expect(open.length).toBeLessThanOrEqual(1);
        if (open.length > 0) expect(open[0]).toBe(suspensions.at(-1));
        if (stateOf(allocation) === 'SUSPENDED') expect(open).toHaveLength(1);
        if (stateOf(allocation) === 'IN_DELIVERY') expect(open).toHaveLength(0);
      }),
      { numRuns: 1000 },
    );
  });
});
