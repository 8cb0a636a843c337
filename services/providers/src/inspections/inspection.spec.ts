import { addDays } from '@okienko/contracts/calendar';
import { assertSendable } from '@okienko/contracts/validation';
import fc from 'fast-check';
import { Inspection, type InspectionState } from './inspection';
import { CarriedOutInFuture, NothingFoundThere, PlannedInPast, ResultsIncomplete } from './inspection-errors';

const id = '0197a000-0000-7000-8000-000000000031';
const providerId = '0197a000-0000-7000-8000-000000000010';
const agreementId = '0197a000-0000-7000-8000-000000000020';
const offerId = '0197a000-0000-7000-8000-000000000002';
const today = '2026-03-02';
const plan = { providerId, agreementId, offers: [offerId], announced: false, plannedOn: today };
const checklist = ['DIARY', 'FOOD', 'RIDES'].map((criterion) => ({ offerId, criterion }));
const verdicts = ['MET', 'NOT_MET', 'NOT_APPLICABLE'] as const;
const results = checklist.map((point, at) => ({ ...point, verdict: verdicts[at] ?? 'MET' }));
const planned = () => Inspection.plan(id, plan, 'ous-olga', today);
const carryOut = (inspection: Inspection) => inspection.carryOut(today, ['ous-olga'], results, checklist, today);
const report = (inspection: Inspection) =>
  inspection.reportOn('Nie ma dzienników.', [{ offerId, criterion: 'FOOD' }], 'ous-olga', today);

it('is told by ids, days and counts, and by nothing that was written or by who went', () => {
  const inspection = planned();
  const facts = [inspection.planned(), carryOut(inspection), report(inspection), planned().cancel('INSPECTOR_ABSENT')];
  for (const { contract, data } of facts) assertSendable(contract, data);
  expect(facts.map(({ data }) => data)).toEqual([
    { providerId, agreementId, plannedOn: today, announced: false },
    { providerId, carriedOutOn: today, met: 1, notMet: 1, notApplicable: 1 },
    { providerId, reportedOn: today, findings: 1 },
    { providerId, reasonCode: 'INSPECTOR_ABSENT' },
  ]);
});

it('that it is planned or cancelled no partner is told: the provider may not know', () => {
  const audiences = [planned().planned(), planned().cancel('OTHER')].map(({ contract }) => contract['x-audience']);
  expect(audiences).toEqual(['internal', 'internal']);
});

it('is planned for a day to come, and recorded once that has come', () => {
  expect(() => Inspection.plan(id, { ...plan, plannedOn: addDays(today, -1) }, 'ous-olga', today)).toThrow(
    PlannedInPast,
  );
  const tomorrow = addDays(today, 1);
  expect(() => planned().carryOut(tomorrow, ['ous-olga'], results, checklist, today)).toThrow(CarriedOutInFuture);
});

it('has a result for everything that is asked, and findings where something is not met', () => {
  expect(() => planned().carryOut(today, ['ous-olga'], results.slice(1), checklist, today)).toThrow(ResultsIncomplete);
  const inspection = planned();
  carryOut(inspection);
  const found = [{ offerId, criterion: 'DIARY' }];
  expect(() => inspection.reportOn('Dobrze.', found, 'ous-olga', today)).toThrow(NothingFoundThere);
});

it('goes from state to state and never back, in whatever order it is tried', () => {
  const next: Record<string, Partial<Record<InspectionState, InspectionState>>> = {
    carryOut: { PLANNED: 'CARRIED_OUT' },
    report: { CARRIED_OUT: 'REPORTED' },
    cancel: { PLANNED: 'CANCELLED' },
  };
  const acts = { carryOut, report, cancel: (inspection: Inspection) => inspection.cancel('OTHER') };
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...(Object.keys(acts) as (keyof typeof acts)[])), { maxLength: 8 }),
      (tried) => {
        const inspection = planned();
        let state: InspectionState = 'PLANNED';
        for (const act of tried) {
          const expected: InspectionState | undefined = next[act]?.[state];
          if (expected === undefined) expect(() => acts[act](inspection)).toThrow(state);
          else acts[act](inspection);
          state = expected ?? state;
          expect(inspection.state).toBe(state);
        }
      },
    ),
  );
});
