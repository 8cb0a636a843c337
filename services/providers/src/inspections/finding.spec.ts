import { addDays } from '@okienko/contracts/calendar';
import { assertSendable } from '@okienko/contracts/validation';
import fc from 'fast-check';
import { Finding, type FindingState } from './finding';
import { TermPast } from './inspection-errors';

const id = '0197a000-0000-7000-8000-000000000032';
const inspection = { id: '0197a000-0000-7000-8000-000000000031', providerId: '0197a000-0000-7000-8000-000000000010' };
const { providerId } = inspection;
const today = '2026-03-02';
const found = {
  offerId: null,
  criterion: 'FUNDS_USE',
  severity: 'MAJOR',
  description: 'Brak faktur.',
  dueOn: today,
} as const;
const record = () => Finding.record(id, inspection, found, today);

it('is told by codes and days, and by none of its words', () => {
  const finding = record();
  const facts = [
    finding.recorded(),
    finding.tellOverdue(addDays(today, 1)),
    finding.reportRemedy('Faktury są.', today),
    finding.reopen('NOT_REMEDIED', addDays(today, 7), 'ous-olga', today),
    finding.reportRemedy('Faktury są.', today),
    finding.confirm('ous-olga', today),
  ].flatMap((fact) => fact ?? []);
  for (const { contract, data } of facts) assertSendable(contract, data);
  const { criterion, severity, dueOn } = found;
  expect(facts.map(({ data }) => data)).toEqual([
    { inspectionId: inspection.id, providerId, criterion, severity, dueOn },
    { providerId, dueOn },
    { providerId, reportedOn: today },
    { providerId, reasonCode: 'NOT_REMEDIED', dueOn: addDays(today, 7) },
    { providerId, reportedOn: today },
    { providerId, confirmedOn: today },
  ]);
});

it('has a term that is still to come', () => {
  const past = addDays(today, -1);
  expect(() => Finding.record(id, inspection, { ...found, dueOn: past }, today)).toThrow(TermPast);
  const finding = record();
  finding.reportRemedy('Faktury są.', today);
  expect(() => finding.reopen('NOT_REMEDIED', past, 'ous-olga', today)).toThrow(TermPast);
});

type Act = 'reportRemedy' | 'confirm' | 'reopen' | 'tellOverdue';

it('whatever is tried in whatever order, it is overdue once a term, and over once it is confirmed', () => {
  const next: Record<string, Partial<Record<FindingState, FindingState>>> = {
    reportRemedy: { OPEN: 'REMEDY_REPORTED', REOPENED: 'REMEDY_REPORTED' },
    confirm: { REMEDY_REPORTED: 'CONFIRMED' },
    reopen: { REMEDY_REPORTED: 'REOPENED' },
  };
  const tries = fc.array(
    fc.record({
      act: fc.constantFrom<Act>('reportRemedy', 'confirm', 'reopen', 'tellOverdue'),
      later: fc.nat(20),
    }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(tries, (tried) => {
      const finding = record();
      let now = today;
      let state: FindingState = 'OPEN';
      let told = false;
      for (const { act, later } of tried) {
        now = addDays(now, later);
        if (act === 'tellOverdue') {
          const isDue: boolean = (state === 'OPEN' || state === 'REOPENED') && now > finding.dueOn && !told;
          expect(finding.tellOverdue(now) !== undefined).toBe(isDue);
          told ||= isDue;
          continue;
        }
        const acts = {
          reportRemedy: () => finding.reportRemedy('Jest.', now),
          confirm: () => finding.confirm('ous-olga', now),
          reopen: () => finding.reopen('NOT_REMEDIED', addDays(now, 10), 'ous-olga', now),
        };
        const expected: FindingState | undefined = next[act]?.[state];
        if (expected === undefined) expect(acts[act]).toThrow(state);
        else acts[act]();
        if (expected === 'REOPENED') told = false;
        state = expected ?? state;
        expect(finding.state).toBe(state);
      }
    }),
  );
});
