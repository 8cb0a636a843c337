import { assertSendable } from '@okienko/contracts/validation';
import fc from 'fast-check';
import type { YearCounts } from './year-counts';
import { correctedYear, yearFigures } from './year-figures';
import { YearlyReport } from './yearly-report';
import { printedYearlyReport } from './yearly-report-printed';
import { reportCsv } from './csv';

const id = '0197a000-0000-7000-8000-000000000004';
const terc = '2861011';
const now = new Date('2026-02-01T10:00:00Z');
const service = (offerId: string, served: number, areas: string[]) => ({
  offerId,
  name: { pl: `Usługa ${offerId}` },
  areas,
  unit: 'HOUR',
  served,
  accepted: 10 * served,
});
const counts = (changes: Partial<YearCounts> = {}): YearCounts => ({
  programmes: [{ id, name: { pl: 'Program' }, validFrom: '2025-01-01', validTo: '2026-12-31' }],
  requests: { filed: 20, requested: 30, qualified: 12, refused: 3, withdrawn: 0, waitingAtEnd: 6 },
  served: 14,
  areas: [{ area: 'kultura', served: 14 }],
  services: [service('a', 12, ['kultura'])],
  contractors: [{ kind: 'NGO', contractors: 2 }],
  plannedGrosze: 1_500_000,
  costGrosze: null,
  positions: [],
  ...changes,
});
const figures = (changes: Partial<YearCounts> = {}) => yearFigures(counts(changes), 5, now);
const additions = { summary: { pl: 'Dobry rok' }, surveyConclusions: { pl: 'Potrzeby rosną' } };

describe('a yearly report', () => {
  it('is about a year that is over', () => {
    const generate = (today: string) => YearlyReport.generate(id, terc, 2025, figures(), today);
    expect(() => generate('2025-12-31')).toThrow(expect.objectContaining({ code: 'year-not-over' }));
    const { contract, data, gmina } = generate('2026-01-01').generated();
    assertSendable(contract, data);
    expect([data, gmina]).toEqual([{ terc, year: 2025 }, terc]);
  });

  it('is taken anew until it is approved, and approved once', () => {
    const report = YearlyReport.generate(id, terc, 2025, figures(), '2026-01-01');
    expect(report.generateAgain(figures({ served: 99 })).data).toEqual({ terc, year: 2025 });
    const { contract, data } = report.approve(additions, '2026-03-02');
    assertSendable(contract, data);
    expect(data).toEqual({ terc, year: 2025, approvedOn: '2026-03-02' });
    for (const late of [() => report.approve(additions, '2026-03-03'), () => report.generateAgain(figures())])
      expect(late).toThrow(expect.objectContaining({ code: 'wrong-state' }));
  });

  it('tells small numbers neither as such nor by what is left of a total', () => {
    const few = fc.nat(9);
    const requests = fc.record({
      filed: few,
      requested: few,
      qualified: few,
      refused: few,
      withdrawn: few,
      waitingAtEnd: few,
    });
    fc.assert(
      fc.property(few, few, few, requests, (a, b, all, of) => {
        const services = [service('a', a, ['kultura']), service('b', b, ['kultura', 'mieszkalnictwo'])];
        const found = figures({
          services,
          served: all,
          areas: [
            { area: 'kultura', served: all },
            { area: 'mieszkalnictwo', served: b },
          ],
          requests: of,
        });
        const told = [
          found.served,
          ...Object.values(found.requests),
          ...found.areas.map(({ served }) => served),
          ...found.services.map(({ served }) => served),
        ].map(({ value }) => value);
        expect(told.filter((value) => value !== null && value > 0 && value < 5)).toEqual([]);
        const hidden = found.services.filter(({ served }) => served.value === null);
        if (hidden.length > 0) {
          const kultura = found.areas.find(({ area }) => area === 'kultura');
          expect([found.served.value, kultura?.served.value]).toEqual([null, null]);
        }
        for (const { accepted } of hidden) expect(accepted.value).toBeNull();
      }),
    );
  });

  it('has all fourteen areas, with noughts', () => {
    const { areas } = figures();
    expect(areas).toHaveLength(14);
    expect(areas.find(({ area }) => area === 'mieszkalnictwo')).toEqual({
      area: 'mieszkalnictwo',
      served: { value: 0 },
    });
  });

  it('is corrected figure by figure, each with its reason', () => {
    const better = correctedYear(figures(), [
      { figure: 'REFUSED', value: 7, reason: 'Cztery odmowy poza systemem' },
      { figure: 'COST_GROSZE', value: 1_400_050, reason: 'Z ewidencji księgowej' },
    ]);
    expect(better.requests.refused).toEqual({
      value: 7,
      correction: { from: null, reason: 'Cztery odmowy poza systemem' },
    });
    const csv = reportCsv(printedYearlyReport({ ...better, terc, year: 2025, ...additions, approvedOn: '2026-03-02' }));
    expect(csv).toContain('Wnioski i osoby,Odmowy,Liczba,7 (sprostowano)\r\n');
    expect(csv).toContain('Koszty (zł),Programy gminy,Poniesione,"14000,50 (sprostowano)"\r\n');
    expect(csv).toContain('Wnioski z rozeznania,,,Potrzeby rosną\r\n');
  });
});
