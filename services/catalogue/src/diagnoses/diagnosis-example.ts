import type { DiagnosisContent } from './diagnosis-content';

/** A small diagnosis of one gmina for specs, as complete as art. 21 wants it. */
export const exampleDiagnosis = (changes: Partial<DiagnosisContent> = {}): DiagnosisContent => ({
  title: { pl: 'Diagnoza potrzeb i potencjału społeczności lokalnej' },
  gminas: ['2861011'],
  survey: {
    from: '2025-09-01',
    to: '2025-11-30',
    inquiries: [
      {
        method: 'PAPER_FORM',
        among: 'RESIDENTS',
        respondents: 214,
        questions: [
          {
            question: { pl: 'Czego najbardziej brakuje?' },
            answers: [
              { answer: { pl: 'pomocy w zakupach' }, count: 120 },
              { answer: { pl: 'niczego' }, count: 0 },
            ],
          },
        ],
      },
    ],
  },
  findings: [findingIn('2861011')],
  bodies: [bodyIn('2861011')],
  ...changes,
});

export const findingIn = (terc: string): DiagnosisContent['findings'][number] => ({
  terc,
  area: 'pomoc-spoleczna',
  needs: { pl: 'Osoby starsze mieszkają samotnie' },
  potential: { pl: 'Kluby seniora' },
  figures: [{ name: { pl: 'osoby 75+ mieszkające samotnie' }, value: 318 }],
});

export const bodyIn = (terc: string): DiagnosisContent['bodies'][number] => ({
  name: 'Stowarzyszenie Dobry Sąsiad',
  kind: 'NGO',
  terc,
  areas: ['pomoc-spoleczna'],
  activities: { pl: 'Zakupy i towarzystwo' },
});

/** A diagnosis of these gminas, complete in each. */
export const exampleOf = (...gminas: string[]): DiagnosisContent =>
  exampleDiagnosis({ gminas, findings: gminas.map(findingIn), bodies: gminas.map(bodyIn) });
