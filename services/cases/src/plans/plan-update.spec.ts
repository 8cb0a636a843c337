import { addDays, lastDayOfYears } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { IndividualPlan } from './individual-plan';
import type { PlanItem } from './plan-content';
import { OwnPlan, PlanOver, PlanTooLong, StartIsFixed, UpdateOpen } from './plan-errors';
import { changesBetween } from './plan-update';

const now = new Date('2026-03-02T09:00:00Z');
const today = '2026-03-02';
const application = {
  id: 'application',
  unit: 'main',
  terc: '2861011',
  personId: 'person',
  filedAt: new Date('2026-02-20T09:00:00Z'),
  isQualified: () => true,
};
const item = (itemId: string, quantity = 3): PlanItem => ({
  itemId,
  offerId: 'offer',
  providerId: 'provider',
  quantity,
  unit: 'HOUR',
});
const contentOf = (items: PlanItem[], to = '2026-06-30', from = today) => ({
  from,
  to,
  items,
  texts: Buffer.from(JSON.stringify(items)),
});
const approvalBy = (approvedBy: string, approvedOn = today) => ({ authorisationId: 'paper', approvedBy, approvedOn });

function forward(plan: IndividualPlan, by = 'kipus'): void {
  plan.agree({ manner: 'SIGNATURE', agreedOn: today }, application, by, today);
  plan.submit(by);
}
function inForce(): IndividualPlan {
  const plan = IndividualPlan.draft('plan', application, contentOf([item('a')]), 'kipus', now);
  forward(plan);
  plan.approve(approvalBy('director'), application);
  return plan;
}

describe('an update of a plan (art. 41(2))', () => {
  it('goes the way of the plan, which stays as it was until the update is approved', () => {
    const plan = inForce();
    plan.startUpdate(application, contentOf([item('a', 5), item('b')], '2026-09-30'), 'kipus', now);
    expect(plan.updateStarted().data).toEqual({ personId: 'person', planVersion: 2 });
    expect(plan.pendingChanges).toEqual({ added: [item('b')], dropped: [], changed: [item('a', 5)] });
    forward(plan);
    expect(plan).toMatchObject({ planVersion: 1, items: [item('a')], periodTo: '2026-06-30', isInForce: true });
    const [changes, approval] = [plan.pendingChanges, approvalBy('director', '2026-03-09')];
    plan.approve(approval, application);
    expect(plan).toMatchObject({ planVersion: 2, periodTo: '2026-09-30', approval, openUpdate: null, isInForce: true });
    expect(plan.items).toEqual([item('a', 5), item('b')]);
    expect(plan.updated(changes, approval).data).toEqual({
      personId: 'person',
      planVersion: 2,
      to: '2026-09-30',
      authorisationId: 'paper',
      approvedOn: '2026-03-09',
      added: ['b'],
      dropped: [],
      changed: ['a'],
    });
  });

  it('is one at a time, of a plan in force, from its first day, within its year, and not over', () => {
    const draft = IndividualPlan.draft('plan', application, contentOf([item('a')]), 'kipus', now);
    expect(() => draft.startUpdate(application, contentOf([item('a')]), 'kipus', now)).toThrow('DRAFT');
    const plan = inForce();
    const start = (to: string, from?: string) =>
      plan.startUpdate(application, contentOf([item('a')], to, from), 'kipus', now);
    expect(() => start('2026-06-30', '2026-04-01')).toThrow(StartIsFixed);
    expect(() => start(addDays(lastDayOfYears(today, 1), 1))).toThrow(PlanTooLong);
    start('2026-05-31');
    expect(() => start('2026-05-31')).toThrow(UpdateOpen);
    forward(plan);
    expect(() => plan.approve(approvalBy('director', '2026-06-01'), application)).toThrow(PlanOver);
  });

  it('is not approved by who drafted it, though another drafted the plan', () => {
    const plan = inForce();
    plan.reassign('next');
    plan.startUpdate(application, contentOf([item('a')]), 'next', now);
    forward(plan, 'next');
    plan.reassign('third');
    for (const own of ['next', 'third']) expect(() => plan.approve(approvalBy(own), application)).toThrow(OwnPlan);
    plan.approve(approvalBy('kipus'), application);
    expect(plan.planVersion).toBe(2);
  });

  it('given up leaves the plan as it was, and another may be started', () => {
    const plan = inForce();
    plan.startUpdate(application, contentOf([item('b')]), 'kipus', now);
    const { contract, data } = plan.abandon({ reasonCode: 'NO_AGREEMENT', abandonedOn: today });
    expect([contract.$id, data]).toEqual([
      'cases.plan.update-abandoned.v1',
      { personId: 'person', planVersion: 2, reasonCode: 'NO_AGREEMENT' },
    ]);
    expect(plan).toMatchObject({ isInForce: true, items: [item('a')], openUpdate: null });
    plan.startUpdate(application, contentOf([item('b')]), 'kipus', now);
    expect(() => plan.abandon({ reasonCode: 'X', abandonedOn: today })).not.toThrow();
    expect(() => plan.abandon({ reasonCode: 'X', abandonedOn: today })).toThrow('APPROVED');
  });
});

const drawnItems = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 1, max: 3 })), {
  minLength: 1,
  maxLength: 3,
  selector: ([id]) => id,
});
const days = fc.integer({ min: 0, max: 500 });
const acts = fc.oneof(
  fc.record({ act: fc.constantFrom('start' as const, 'redraft' as const), items: drawnItems, days }),
  { weight: 5, arbitrary: fc.record({ act: fc.constantFrom('agree' as const, 'submit' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constant('approve' as const), by: fc.constantFrom('kipus', 'director') }),
  },
  fc.record({ act: fc.constantFrom('return' as const, 'abandon' as const) }),
);
type Act = typeof acts extends fc.Arbitrary<infer T> ? T : never;

function take(plan: IndividualPlan, step: Act): void {
  if ('items' in step) {
    const content = contentOf(
      step.items.map(([id, quantity]) => item(id, quantity)),
      addDays(today, step.days),
    );
    if (step.act === 'start') return plan.startUpdate(application, content, 'kipus', now);
    return plan.redraft(application, content, 'kipus');
  }
  if ('by' in step) return plan.approve(approvalBy(step.by), application);
  if (step.act === 'agree') return plan.agree({ manner: 'SIGNATURE', agreedOn: today }, application, 'kipus', today);
  if (step.act === 'submit') return plan.submit('kipus');
  if (step.act === 'return') return plan.return('CODE');
  plan.abandon({ reasonCode: 'CODE', abandonedOn: today });
}

function attempt(plan: IndividualPlan, step: Act): boolean {
  try {
    take(plan, step);
    return true;
  } catch {
    return false;
  }
}

describe('whatever is tried with updates', () => {
  it('the version in force changes by approvals alone, each by another than its drafter, and never passes a year', () => {
    let approvals = 0;
    fc.assert(
      fc.property(fc.array(acts, { minLength: 10, maxLength: 60 }), (steps) => {
        const plan = inForce();
        for (const step of steps) {
          const before = { items: plan.items, to: plan.periodTo, texts: plan.texts, number: plan.planVersion };
          const wasPending = plan.openUpdate?.state === 'PENDING_APPROVAL';
          const waiting = plan.openUpdate;
          const done = attempt(plan, step);
          const { items, periodTo: to, texts, planVersion: number } = plan;
          if (done && step.act === 'approve') {
            approvals += 1;
            expect(wasPending).toBe(true);
            expect({ items, to, number }).toEqual({
              items: waiting?.items,
              to: waiting?.periodTo,
              number: before.number + 1,
            });
          } else expect({ items, to, texts, number }).toEqual(before);
          expect(plan.isInForce).toBe(true);
          expect([plan.drafter, plan.openUpdate?.drafter]).not.toContain(plan.approval?.approvedBy);
          expect(to <= lastDayOfYears(plan.periodFrom, 1)).toBe(true);
          expect(plan.openUpdate === null).toBe(plan.openUpdateTexts === null);
        }
      }),
      { numRuns: 300 },
    );
    expect(approvals).toBeGreaterThan(10);
  });
});

const version = fc.record({
  periodTo: fc.constantFrom('2026-06-30', '2026-09-30'),
  items: drawnItems.map((drawn) => drawn.map(([id, quantity]) => item(id, quantity))),
});
const ids = (items: readonly PlanItem[]): string[] => items.map(({ itemId }) => itemId).sort();

describe('the changes of an update', () => {
  it('turn one version into the other', () => {
    fc.assert(
      fc.property(version, version, (before, after) => {
        const { added, dropped, changed } = changesBetween(before, after);
        const gone = new Set(ids([...dropped, ...changed]));
        const rest = before.items.filter(({ itemId }) => !gone.has(itemId));
        const made = [...rest, ...added, ...changed];
        expect(made.sort((a, b) => (a.itemId < b.itemId ? -1 : 1))).toEqual(
          [...after.items].sort((a, b) => (a.itemId < b.itemId ? -1 : 1)),
        );
        if (before.periodTo !== after.periodTo) expect(rest).toEqual([]);
      }),
    );
  });

  it('do not depend on the order in which a service says what it says', () => {
    const { unit, quantity, ...rest } = item('a');
    const version = (items: PlanItem[]) => ({ periodTo: today, items });
    expect(changesBetween(version([item('a')]), version([{ quantity, unit, ...rest }])).changed).toEqual([]);
  });
});
