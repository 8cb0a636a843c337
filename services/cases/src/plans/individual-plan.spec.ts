import { addDays, lastDayOfYears } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { IndividualPlan } from './individual-plan';
import type { PlanItem } from './plan-content';
import {
  DayInTheFuture,
  ItemNotQualified,
  NotTheCoordinator,
  OwnPlan,
  PeriodReversed,
  PlanIncomplete,
  PlanTooLong,
  SameCoordinator,
} from './plan-errors';
import type { PlanState } from './plan-state';

const now = new Date('2026-03-02T09:00:00Z');
const today = '2026-03-02';
const application = {
  id: 'application',
  unit: 'main',
  terc: '2861011',
  personId: 'person',
  filedAt: new Date('2026-02-20T09:00:00Z'),
  isQualified: (itemId: string) => itemId === 'a',
};
const item: PlanItem = { itemId: 'a', offerId: 'offer', providerId: 'provider', quantity: 3, unit: 'HOUR' };
const texts = Buffer.from('ciphertext');
const content = { from: today, to: '2026-06-30', items: [item], texts };
const draft = (more: object = {}) => IndividualPlan.draft('plan', application, { ...content, ...more }, 'kipus', now);
const approvalBy = (approvedBy: string) => ({ authorisationId: 'authorisation', approvedBy, approvedOn: today });

function pending(): IndividualPlan {
  const plan = draft();
  plan.agree({ manner: 'SIGNATURE', agreedOn: today }, application, 'kipus', today);
  plan.submit('kipus');
  return plan;
}

describe('a draft', () => {
  it('is due 30 days after filing, and late the day after', () => {
    expect(draft().draftStarted().data).toEqual({
      personId: 'person',
      applicationId: 'application',
      draftDueOn: '2026-03-22',
    });
    const drafted = (on: string) =>
      IndividualPlan.draft('plan', application, content, 'kipus', new Date(`${on}T12:00:00Z`)).draftedLate;
    expect([drafted('2026-03-22'), drafted('2026-03-23')]).toEqual([false, true]);
  });

  it('covers one year at the most, whatever day it begins', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: -5, max: 800 }), (begin, length) => {
        const from = addDays('2024-01-01', begin);
        const to = addDays(from, length);
        const drafting = () => draft({ from, to });
        if (to < from) expect(drafting).toThrow(PeriodReversed);
        else if (to > lastDayOfYears(from, 1)) expect(drafting).toThrow(PlanTooLong);
        else expect(drafting).not.toThrow();
      }),
    );
    expect(() => draft({ from: '2026-03-01', to: '2027-02-28' })).not.toThrow();
    expect(() => draft({ from: '2026-03-01', to: '2027-03-01' })).toThrow(PlanTooLong);
  });

  it('holds qualified services only', () => {
    expect(() => draft({ items: [{ ...item, itemId: 'b' }] })).toThrow(ItemNotQualified);
  });

  it('is revised by its coordinator alone, who is its drafter from then on', () => {
    const plan = draft();
    expect(() => plan.redraft(application, content, 'other')).toThrow(NotTheCoordinator);
    plan.redraft(application, { ...content, to: '2026-05-31' }, 'kipus');
    expect(plan.periodTo).toBe('2026-05-31');
    expect(() => plan.redraft(application, { ...content, to: '2028-01-01' }, 'kipus')).toThrow(PlanTooLong);
    plan.reassign('next');
    plan.redraft(application, content, 'next');
    expect([plan.drafter, plan.coordinatedBy]).toEqual(['next', 'next']);
  });
});

describe('agreement and return', () => {
  it('are of today or before, and a return undoes the agreement', () => {
    const early = { manner: 'SIGNATURE', agreedOn: '2026-03-03' } as const;
    expect(() => draft().agree(early, application, 'kipus', today)).toThrow(DayInTheFuture);
    const plan = pending();
    plan.return('MISSING_SCHEDULE');
    expect(plan.agreement).toBeNull();
    expect(() => plan.submit('kipus')).toThrow('DRAFT');
  });

  it('want every service to say when and where (art. 39(2)), and to be granted still', () => {
    const agreement = { manner: 'SIGNATURE', agreedOn: today } as const;
    const plan = draft({ items: [{ ...item, lacks: ['schedule', 'place'] }] });
    expect(() => plan.agree(agreement, application, 'kipus', today)).toThrow(PlanIncomplete);
    expect(() => draft().agree(agreement, { isQualified: () => false }, 'kipus', today)).toThrow(ItemNotQualified);
    try {
      plan.agree(agreement, application, 'kipus', today);
    } catch (error) {
      expect((error as PlanIncomplete).errors.map(({ pointer }) => pointer)).toEqual([
        '/items/0/schedule',
        '/items/0/place',
      ]);
    }
  });
});

describe('the coordinator', () => {
  it('is the drafter until another is named, and never the one already named', () => {
    const plan = draft();
    expect(() => plan.reassign('kipus')).toThrow(SameCoordinator);
    plan.reassign('next');
    expect(() => plan.submit('kipus')).toThrow(NotTheCoordinator);
    expect(plan.coordinatorReassigned('kipus', 'LEAVE').data).toEqual({
      personId: 'person',
      from: 'kipus',
      to: 'next',
      reasonCode: 'LEAVE',
    });
  });

  it('does not approve what is coordinated, although another drafted it', () => {
    const plan = pending();
    plan.reassign('next');
    for (const own of ['kipus', 'next']) expect(() => plan.approve(approvalBy(own), application)).toThrow(OwnPlan);
  });
});

const steps = [
  'agree',
  'submit',
  'return',
  'approveAsDrafter',
  'approveAsOther',
  'activate',
  'end',
  'talk',
  'close',
  'abandon',
] as const;
type Step = (typeof steps)[number];
const allowed: Readonly<Record<Step, readonly PlanState[]>> = {
  agree: ['DRAFT'],
  submit: ['AGREED'],
  return: ['PENDING_APPROVAL'],
  approveAsDrafter: [],
  approveAsOther: ['PENDING_APPROVAL'],
  activate: ['APPROVED'],
  end: ['APPROVED', 'ACTIVE'],
  talk: ['ENDED'],
  close: ['SUMMARISED'],
  abandon: ['DRAFT', 'AGREED', 'PENDING_APPROVAL'],
};
const becomes: Readonly<Record<Step, PlanState>> = {
  agree: 'AGREED',
  submit: 'PENDING_APPROVAL',
  return: 'DRAFT',
  approveAsDrafter: 'APPROVED',
  approveAsOther: 'APPROVED',
  activate: 'ACTIVE',
  end: 'ENDED',
  talk: 'SUMMARISED',
  close: 'CLOSED',
  abandon: 'ABANDONED',
};

function take(plan: IndividualPlan, step: Step): void {
  switch (step) {
    case 'agree':
      return plan.agree({ manner: 'ORAL_NOTE', agreedOn: today }, application, 'kipus', today);
    case 'submit':
      return plan.submit('kipus');
    case 'return':
      return plan.return('CODE');
    case 'approveAsDrafter':
      return plan.approve(approvalBy('kipus'), application);
    case 'approveAsOther':
      return plan.approve(approvalBy('director'), application);
    case 'activate':
      return plan.activate();
    case 'end':
      return plan.end({ reason: 'PERIOD_OVER', endedOn: today });
    case 'talk':
      return plan.holdClosingTalk({ heldOn: today, outcome: 'HELD' }, null, 'kipus', today);
    case 'close':
      return plan.close(texts, 'kipus', today);
    case 'abandon':
      return void plan.abandon({ reasonCode: 'NO_AGREEMENT', abandonedOn: today });
  }
}

describe('whatever is tried with a plan', () => {
  it('it moves only as the table says, and is never approved by its drafter', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 25 }), (tried) => {
        const plan = draft();
        let state: PlanState = 'DRAFT';
        for (const step of tried) {
          if (allowed[step].includes(state)) {
            take(plan, step);
            state = becomes[step];
          } else expect(() => take(plan, step)).toThrow();
          expect(plan.approval?.approvedBy).not.toBe('kipus');
          expect(plan.isInForce).toBe(state === 'APPROVED' || state === 'ACTIVE');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a drafter who approves is told why not', () =>
    expect(() => pending().approve(approvalBy('kipus'), application)).toThrow(OwnPlan));

  it('a plan is not approved once one of its services is granted no longer', () => {
    expect(() => pending().approve(approvalBy('director'), { isQualified: () => false })).toThrow(ItemNotQualified);
  });
});
