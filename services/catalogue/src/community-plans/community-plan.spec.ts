import type { DomainEvent } from '@okienko/contracts/event';
import { assertSendable } from '@okienko/contracts/validation';
import fc from 'fast-check';
import { CommunityPlan, type Evaluation } from './community-plan';
import type { CommunityPlanContent } from './community-plan-content';
import { exampleActivity, exampleCommunityPlan } from './community-plan-example';

const id = '0197a000-0000-7000-8000-000000000009';
const today = '2026-03-10';
const [elblag, starachowice] = ['2861011', '2611011'];
const draft = (changes: Partial<CommunityPlanContent> = {}) => CommunityPlan.draft(id, exampleCommunityPlan(changes));
const adopted = (changes: Partial<CommunityPlanContent> = {}): CommunityPlan => {
  const plan = draft(changes);
  plan.adopt('2026-01-05', true, today);
  return plan;
};
const evaluation = (changes: Partial<Evaluation> = {}): Evaluation => ({
  closedOn: '2026-03-09',
  summary: { pl: 'Cele osiągnięto' },
  results: [{ activityCode: 'zakupy-dla-sasiada', participants: 12, outcome: { pl: 'Trwa dalej' } }],
  ...changes,
});
const told = ({ contract, data, gmina }: DomainEvent): unknown => {
  assertSendable(contract, data);
  return [contract.$id, data, gmina];
};
const refusal = (code: string, basis?: string): Error =>
  expect.objectContaining({ code, ...(basis === undefined ? {} : { basis }) }) as Error;

const frame = { gminas: [elblag], from: '2026-01-01', to: '2026-12-31' };
const whole = {
  ...frame,
  activities: [
    { activityCode: 'zakupy-dla-sasiada', kind: 'NEIGHBOUR_HELP', terc: elblag, areas: ['pomoc-spoleczna'] },
  ],
};

describe('a community plan', () => {
  it('is drafted, adopted, updated and closed', () => {
    const plan = draft();
    expect(told(plan.drafted())).toEqual(['catalogue.community-plan.drafted.v1', frame, elblag]);
    expect(told(plan.revise(exampleCommunityPlan()))).toEqual(['catalogue.community-plan.revised.v1', frame, elblag]);
    expect(told(plan.adopt('2026-01-05', true, today))).toEqual(['catalogue.community-plan.adopted.v1', whole, elblag]);
    const longer = exampleCommunityPlan({ to: '2027-06-30' });
    expect(told(plan.update(longer, true, today))).toEqual([
      'catalogue.community-plan.updated.v1',
      { ...whole, to: '2027-06-30' },
      elblag,
    ]);
    expect(told(plan.close(evaluation(), today))).toEqual([
      'catalogue.community-plan.closed.v1',
      { closedOn: '2026-03-09' },
      elblag,
    ]);
  });

  const acts = {
    revise: (plan: CommunityPlan) => plan.revise(exampleCommunityPlan()),
    adopt: (plan: CommunityPlan) => plan.adopt('2026-01-05', true, today),
    update: (plan: CommunityPlan) => plan.update(exampleCommunityPlan(), true, today),
    close: (plan: CommunityPlan) => plan.close(evaluation(), today),
    withdraw: (plan: CommunityPlan) => plan.withdraw('BEGUN_ANEW'),
  };
  type Act = keyof typeof acts;
  it.each<[Act[], Act[]]>([
    [[], ['revise', 'adopt', 'withdraw']],
    [['adopt'], ['update', 'close']],
    [['adopt', 'close'], []],
    [['withdraw'], []],
  ])('after %j takes only %j', (done, allowed) => {
    for (const act of Object.keys(acts) as Act[]) {
      const plan = draft();
      for (const before of done) acts[before](plan);
      if (allowed.includes(act)) expect(() => told(acts[act](plan))).not.toThrow();
      else expect(() => acts[act](plan)).toThrow(refusal('wrong-state'));
    }
  });

  it('is adopted with a goal, and an activity in each of its gminas', () => {
    const incomplete = refusal('community-plan-incomplete', 'art. 20');
    expect(() => adopted({ goals: [] })).toThrow(incomplete);
    expect(() => adopted({ activities: [] })).toThrow(incomplete);
    expect(() => adopted({ gminas: [elblag, starachowice] })).toThrow(incomplete);
    const both = [exampleActivity(), exampleActivity({ activityCode: 'drugi', terc: starachowice })];
    expect(() => adopted({ gminas: [elblag, starachowice], activities: both })).not.toThrow();
    expect(() => adopted().update(exampleCommunityPlan({ activities: [] }), true, today)).toThrow(incomplete);
  });

  it('rests on an adopted diagnosis, or on none', () => {
    expect(() => draft().adopt('2026-01-05', false, today)).toThrow(refusal('diagnosis-not-adopted', 'art. 20'));
    expect(() => adopted().update(exampleCommunityPlan(), false, today)).toThrow(refusal('diagnosis-not-adopted'));
  });

  it('is adopted and closed on days that have come, in their order', () => {
    expect(() => draft().adopt('2026-03-11', true, today)).toThrow(refusal('not-yet-happened'));
    expect(() => adopted().close(evaluation({ closedOn: '2026-03-11' }), today)).toThrow(refusal('not-yet-happened'));
    expect(() => adopted().close(evaluation({ closedOn: '2026-01-04' }), today)).toThrow(refusal('days-reversed'));
  });

  it('keeps its gminas and its first day when it is updated', () => {
    const moved = [
      exampleCommunityPlan({ from: '2026-01-02' }),
      exampleCommunityPlan({ gminas: [starachowice], activities: [exampleActivity({ terc: starachowice })] }),
    ];
    for (const content of moved)
      expect(() => adopted().update(content, true, today)).toThrow(refusal('another-community-plan'));
  });

  it.each<[string, Partial<CommunityPlanContent>]>([
    ['days-reversed', { to: '2025-12-31' }],
    ['unknown-gmina', { activities: [exampleActivity({ terc: starachowice })] }],
    ['activity-repeated', { activities: [exampleActivity(), exampleActivity()] }],
  ])('contradicts itself in no draft: %s', (code, changes) => {
    expect(() => draft(changes)).toThrow(refusal(code));
    expect(() => draft().revise(exampleCommunityPlan(changes))).toThrow(refusal(code));
    expect(() => adopted().update(exampleCommunityPlan(changes), true, today)).toThrow(refusal(code));
  });

  it('has every activity within its period', () => {
    const day = fc.constantFrom('2025-12-31', '2026-01-01', '2026-06-30', '2026-12-31', '2027-01-01');
    const optional = fc.option(day, { nil: undefined });
    fc.assert(
      fc.property(optional, optional, (from, to) => {
        const days = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
        const [begins, ends] = [from ?? frame.from, to ?? frame.to];
        const fits = frame.from <= begins && begins <= ends && ends <= frame.to;
        const attempt = (): unknown => draft({ activities: [exampleActivity(days)] });
        if (fits) expect(attempt).not.toThrow();
        else expect(attempt).toThrow(refusal(ends < begins ? 'days-reversed' : 'outside-plan-period'));
      }),
    );
  });

  it('is evaluated by its own activities, each once, and tells no small figure', () => {
    const result = evaluation().results[0]!;
    const closing =
      (...results: Evaluation['results']) =>
      () =>
        adopted().close(evaluation({ results }), today);
    expect(closing({ ...result, activityCode: 'inny' })).toThrow(refusal('unknown-activity'));
    expect(closing(result, result)).toThrow(refusal('unknown-activity'));
    for (const participants of [1, 4]) expect(closing({ ...result, participants })).toThrow(refusal('small-figure'));
    for (const participants of [0, 5]) expect(closing({ ...result, participants })).not.toThrow();
    expect(closing()).not.toThrow();
  });
});
