import type { DomainEvent } from '@okienko/contracts/event';
import { assertSendable } from '@okienko/contracts/validation';
import fc from 'fast-check';
import { type Consultation, Diagnosis } from './diagnosis';
import type { DiagnosisContent } from './diagnosis-content';
import { bodyIn, exampleDiagnosis, exampleOf, findingIn } from './diagnosis-example';

const [id, other] = ['0197a000-0000-7000-8000-000000000007', '0197a000-0000-7000-8000-000000000008'];
const today = '2026-03-10';
const [elblag, starachowice] = ['2861011', '2611011'];
const consultation: Consultation = {
  from: '2026-01-12',
  to: '2026-01-26',
  forms: ['WEB_FORM', 'OPEN_MEETING'],
  participants: 31,
  outcome: { pl: 'Dopisano potrzebę transportu' },
};
const draft = (content: DiagnosisContent = exampleDiagnosis(), name = id) => Diagnosis.draft(name, content, today);
const consulted = (...of: Parameters<typeof draft>): Diagnosis => {
  const diagnosis = draft(...of);
  diagnosis.consult(consultation, today);
  return diagnosis;
};
const adopted = (...of: Parameters<typeof draft>): Diagnosis => {
  const diagnosis = consulted(...of);
  diagnosis.adopt('2026-02-01', [], today);
  return diagnosis;
};
const told = ({ contract, data, gmina }: DomainEvent): unknown => {
  assertSendable(contract, data);
  return [contract.$id, data, gmina];
};
const refusal = (code: string, basis?: string): Error =>
  expect.objectContaining({ code, ...(basis === undefined ? {} : { basis }) }) as Error;

describe('a diagnosis', () => {
  it('is drafted, consulted and adopted, and says when the next one is due', () => {
    const diagnosis = draft();
    expect(told(diagnosis.drafted())).toEqual(['catalogue.diagnosis.drafted.v1', { gminas: [elblag] }, elblag]);
    expect(told(diagnosis.consult(consultation, today))).toEqual([
      'catalogue.diagnosis.consulted.v1',
      { from: '2026-01-12', to: '2026-01-26' },
      elblag,
    ]);
    expect(told(diagnosis.adopt('2026-02-28', [], today))).toEqual([
      'catalogue.diagnosis.adopted.v1',
      { edition: 1, gminas: [elblag], adoptedOn: '2026-02-28', nextDueOn: '2031-02-28', supersedes: [] },
      elblag,
    ]);
  });

  it('of several gminas lists them, and names none in particular', () => {
    expect(told(draft(exampleOf(elblag, starachowice)).drafted())).toEqual([
      'catalogue.diagnosis.drafted.v1',
      { gminas: [elblag, starachowice] },
      undefined,
    ]);
  });

  it('takes the place of the one before', () => {
    const former = adopted();
    const next = consulted(exampleOf(elblag, starachowice), other);
    expect(told(next.adopt('2026-03-01', [former], today))).toMatchObject([
      'catalogue.diagnosis.adopted.v1',
      { edition: 2, supersedes: [id] },
      undefined,
    ]);
    expect(told(former.supersede(other))).toEqual([
      'catalogue.diagnosis.superseded.v1',
      { supersededBy: other },
      elblag,
    ]);
  });

  it('leaves no gmina without one', () => {
    const joint = adopted(exampleOf(elblag, starachowice));
    expect(() => consulted(exampleOf(elblag), other).adopt('2026-03-01', [joint], today)).toThrow(
      refusal('gminas-left-out', 'art. 21 ust. 4'),
    );
  });

  it('is adopted only after a consultation, and on no day before it or to come', () => {
    expect(() => draft().adopt('2026-03-01', [], today)).toThrow(refusal('diagnosis-not-consulted', 'art. 21 ust. 5'));
    expect(() => consulted().adopt('2026-01-25', [], today)).toThrow(refusal('days-reversed'));
    expect(() => consulted().adopt('2026-03-11', [], today)).toThrow(refusal('not-yet-happened'));
    expect(() => draft().consult({ ...consultation, to: '2026-03-11' }, today)).toThrow(refusal('not-yet-happened'));
    expect(() => draft().consult({ ...consultation, to: '2026-01-11' }, today)).toThrow(refusal('days-reversed'));
    expect(() => consulted().adopt('2026-01-26', [], today)).not.toThrow();
  });

  it('is adopted only when it tells of needs and bodies in each of its gminas', () => {
    const gminas = [elblag, starachowice];
    const both = { findings: gminas.map(findingIn), bodies: gminas.map(bodyIn) };
    for (const lacking of ['findings', 'bodies'] as const) {
      const content = exampleDiagnosis({ gminas, ...both, [lacking]: both[lacking].slice(0, 1) });
      expect(() => consulted(content).adopt('2026-03-01', [], today)).toThrow(
        refusal('diagnosis-incomplete', 'art. 21'),
      );
    }
  });

  it('never changes once it is adopted', () => {
    for (const act of [
      (diagnosis: Diagnosis) => diagnosis.revise(exampleDiagnosis(), today),
      (diagnosis: Diagnosis) => diagnosis.consult(consultation, today),
      (diagnosis: Diagnosis) => diagnosis.adopt('2026-02-02', [], today),
      (diagnosis: Diagnosis) => diagnosis.withdraw('BEGUN_ANEW'),
    ]) {
      expect(() => act(adopted())).toThrow(refusal('wrong-state'));
      const withdrawn = draft();
      expect(told(withdrawn.withdraw('BEGUN_ANEW'))).toMatchObject(['catalogue.diagnosis.withdrawn.v1', {}, elblag]);
      expect(() => act(withdrawn)).toThrow(refusal('wrong-state'));
    }
    expect(() => consulted().supersede(other)).toThrow(refusal('wrong-state'));
  });

  it('is revised after a consultation, which goes on to count', () => {
    const diagnosis = consulted();
    expect(told(diagnosis.revise(exampleOf(elblag, starachowice), today))).toEqual([
      'catalogue.diagnosis.revised.v1',
      { gminas: [elblag, starachowice] },
      undefined,
    ]);
    expect(() => diagnosis.adopt('2026-03-01', [], today)).not.toThrow();
  });

  it('says nothing of a gmina that is none of its own, and nothing that ends before it begins', () => {
    expect(() => draft(exampleDiagnosis({ findings: [findingIn(starachowice)] }))).toThrow(refusal('unknown-gmina'));
    expect(() => draft(exampleDiagnosis({ bodies: [bodyIn(starachowice)] }))).toThrow(refusal('unknown-gmina'));
    const survey = { ...exampleDiagnosis().survey, to: '2025-08-31' };
    expect(() => draft(exampleDiagnosis({ survey }))).toThrow(refusal('days-reversed'));
  });

  it('tells no small figure, in an answer or a finding', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), fc.boolean(), (value, inAnswer) => {
        const name = { pl: 'x' };
        const inquiry = {
          ...exampleDiagnosis().survey.inquiries[0]!,
          questions: [{ question: name, answers: [{ answer: name, count: value }] }],
        };
        const content = inAnswer
          ? exampleDiagnosis({ survey: { ...exampleDiagnosis().survey, inquiries: [inquiry] } })
          : exampleDiagnosis({ findings: [{ ...findingIn(elblag), figures: [{ name, value }] }] });
        for (const act of [() => draft(content), () => draft().revise(content, today)])
          if (value > 0 && value < 5) expect(act).toThrow(refusal('small-figure'));
          else expect(act).not.toThrow();
      }),
    );
  });

  it('has room for fifty consultations', () => {
    const diagnosis = draft();
    for (let i = 0; i < 50; i += 1) diagnosis.consult(consultation, today);
    expect(() => diagnosis.consult(consultation, today)).toThrow(refusal('consulted-too-often'));
  });
});
