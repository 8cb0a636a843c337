import type { ProgrammeContent } from './programme-content';

/** A small complete programme for specs: every element of art. 5(3) is there. */
export const exampleProgramme = (changes: Partial<ProgrammeContent> = {}): ProgrammeContent => ({
  terc: '2861011',
  name: { pl: 'Program przykładowy' },
  aim: { pl: 'Wsparcie mieszkańców w domu' },
  validFrom: '2021-01-01',
  validTo: '2099-12-31',
  needs: { pl: 'Osoby starsze mieszkają samotnie' },
  expectedPersons: 30,
  services: [
    {
      serviceCode: 'teleopieka',
      name: { pl: 'Teleopieka' },
      expectedPersons: 20,
      queueRule: 'FILING_TIME',
      conditions: { pl: 'Wiek 75+' },
    },
  ],
  fee: { rule: 'FREE' },
  evidence: [{ code: 'APPLICANT_STATEMENT', name: { pl: 'Oświadczenie' } }],
  dataScope: ['IDENTITY', 'AGE', 'HEALTH'],
  stages: [{ pl: 'Nabór' }],
  indicators: [{ pl: 'Liczba osób' }],
  budgetLines: [
    {
      serviceCode: 'teleopieka',
      year: 2026,
      plannedGrosze: 1_500_000,
      fundingShares: [
        { source: 'EFS', percent: 84.28 },
        { source: 'budżet państwa', percent: 15.72 },
      ],
    },
  ],
  ...changes,
});
