import fc from 'fast-check';
import { exampleProgramme } from '../programmes/programme-example';
import { type ClosingAdditions, closingInformation, type correctable } from './closing-information';
import { printedClosingInformation } from './closing-information-printed';
import type { FigureCorrection } from './corrections';
import { reportCsv } from './csv';
import type { Figure } from './figure';
import { type ProgrammeCounts, type ServiceCount, servicesOf } from './programme-figures';

type Correction = FigureCorrection<(typeof correctable)[number]>;

const content = exampleProgramme({
  services: ['teleopieka', 'transport'].map((serviceCode) => ({
    serviceCode,
    name: { pl: serviceCode === 'teleopieka' ? 'Teleopieka' : 'Transport' },
    expectedPersons: 20,
    queueRule: 'NONE',
    conditions: { pl: 'Wiek 75+' },
  })),
});
const [ngo, person] = ['0197a000-0000-7000-8000-000000000010', '0197a000-0000-7000-8000-000000000011'];
const subject = {
  programmeId: '0197a000-0000-7000-8000-000000000004',
  programmeVersion: 1,
  endedOn: '2026-03-01',
  dueOn: '2026-07-01',
  content,
  services: servicesOf(content, []),
};
const taken = { smallestFigure: 5, now: new Date('2026-04-01T10:00:00Z') };
const additions: ClosingAdditions = {
  execution: { pl: 'Program zrealizowano' },
  monitoring: [{ pl: 'Osiągnięto' }],
  contractors: [{ providerId: ngo, name: '=SUMA "Razem"' }],
};
const service = (serviceCode: string, persons: number, changes: Partial<ServiceCount> = {}): ServiceCount => ({
  serviceCode,
  qualified: persons,
  served: persons,
  units: [{ unit: 'HOUR', delivered: 10 * persons, deliveredTo: persons, accepted: 8 * persons, acceptedFor: persons }],
  contractors: [
    { providerId: ngo, kind: 'NGO' },
    { providerId: person, kind: 'NATURAL_PERSON' },
  ],
  costGrosze: null,
  ...changes,
});
const counts = (services: ServiceCount[], served: number): ProgrammeCounts => ({
  services,
  served,
  costGrosze: services.reduce<number | null>(
    (sum, { costGrosze }) => (costGrosze === null ? sum : (sum ?? 0) + costGrosze),
    null,
  ),
  positions: [],
});
const closed = (of: ProgrammeCounts, changes: Partial<ClosingAdditions> = {}) =>
  closingInformation(subject, of, taken, { ...additions, ...changes });
const refusal = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return (error as { code: unknown }).code;
  }
};

describe('closing information', () => {
  it('sets planned and actual persons, units, costs and contractors of each service side by side', () => {
    const document = closed(counts([service('teleopieka', 12), service('transport', 8)], 15));
    expect(document.persons).toEqual({ planned: { value: 30 }, served: { value: 15 } });
    expect(document.services[0]).toEqual({
      serviceCode: 'teleopieka',
      name: { pl: 'Teleopieka' },
      persons: { planned: { value: 20 }, qualified: { value: 12 }, served: { value: 12 } },
      units: [{ unit: 'HOUR', delivered: { value: 120 }, accepted: { value: 96 } }],
      costs: { planned: { value: 1_500_000 }, actual: { value: null, why: 'NOT_RECORDED' } },
      contractors: {
        bodies: [{ providerId: ngo, kind: 'NGO', name: '=SUMA "Razem"' }],
        naturalPersons: 1,
      },
    });
    expect(document.services[1]?.costs.planned).toEqual({ value: null, why: 'NOT_RECORDED' });
    expect(document.monitoring).toEqual([{ indicator: { pl: 'Liczba osób' }, result: { pl: 'Osiągnięto' } }]);
  });

  it('lists a service of the programme that nobody has used, with noughts', () => {
    const { services } = closed(counts([service('teleopieka', 6)], 6));
    expect(services[1]).toMatchObject({ serviceCode: 'transport', persons: { served: { value: 0 } }, units: [] });
  });

  it('keeps services that a later edition has dropped', () => {
    const former = { programmeVersion: 1, state: 'SUPERSEDED', content, acts: {} } as const;
    const [kept] = content.services;
    const names = servicesOf({ ...content, services: [{ ...kept!, expectedPersons: 7 }] }, [former]);
    expect(names.map(({ serviceCode, expectedPersons }) => [serviceCode, expectedPersons])).toEqual([
      ['teleopieka', 7],
      ['transport', 20],
    ]);
  });

  it('never tells a number of one to four persons, nor lets one be reckoned from the total', () => {
    const few = fc.nat(9);
    fc.assert(
      fc.property(few, few, few, fc.option(few), (a, b, total, better) => {
        const correction: Correction[] =
          better === null
            ? []
            : [
                { figure: 'SERVED_PERSONS', serviceCode: 'transport', value: better, reason: 'Spis z natury' },
                ...(b > 0
                  ? [
                      {
                        figure: 'UNITS_DELIVERED',
                        serviceCode: 'transport',
                        unit: 'HOUR',
                        value: 10 * b,
                        reason: 'Spis z natury',
                      } as const,
                    ]
                  : []),
              ];
        const { persons, services } = closed(counts([service('teleopieka', a), service('transport', b)], total), {
          corrections: correction,
        });
        const figures: Figure[] = [persons.served, ...services.flatMap(({ persons: of }) => [of.qualified, of.served])];
        const told = figures.flatMap(({ value, correction: was }) => [value, was?.from ?? null]);
        expect(told.filter((value) => value !== null && value > 0 && value < 5)).toEqual([]);
        if (services.some(({ persons: of }) => of.served.value === null)) expect(persons.served.value).toBeNull();
        for (const { units } of services)
          for (const { delivered } of units)
            if (delivered.value !== null) expect([0, 50, 60, 70, 80, 90]).toContain(delivered.value);
      }),
    );
  });

  it('tells what was settled with providers, unless it would tell of too few persons', () => {
    const costs = (persons: number) =>
      closed(
        counts(
          [service('teleopieka', 12, { costGrosze: 900_000 }), service('transport', persons, { costGrosze: 9000 })],
          12,
        ),
      );
    const told = costs(5);
    expect([told.costs.actual, ...told.services.map((one) => one.costs.actual)]).toEqual([
      { value: 909_000 },
      { value: 900_000 },
      { value: 9000 },
    ]);
    const few = costs(4);
    const withheld = { value: null, why: 'TOO_FEW_PERSONS' };
    expect([few.costs.actual, ...few.services.map((one) => one.costs.actual)]).toEqual([
      withheld,
      { value: 900_000 },
      withheld,
    ]);
  });

  it('shows a correction beside what was counted, with its reason', () => {
    const corrections: Correction[] = [
      { figure: 'SERVED_PERSONS', serviceCode: 'teleopieka', value: 13, reason: 'Jedna osoba poza systemem' },
      { figure: 'COST_GROSZE', value: 1_234_507, reason: 'Z ewidencji księgowej' },
    ];
    const document = closed(counts([service('teleopieka', 12)], 12), { corrections });
    expect(document.services[0]?.persons.served).toEqual({
      value: 13,
      correction: { from: 12, reason: 'Jedna osoba poza systemem' },
    });
    expect(document.costs.actual).toEqual({
      value: 1_234_507,
      correction: { from: null, reason: 'Z ewidencji księgowej' },
    });
    const csv = reportCsv(printedClosingInformation(document));
    expect(csv).toContain('Koszty (zł),Cały program,Poniesione,"12345,07 (sprostowano)"\r\n');
    expect(csv).toContain('Sprostowania,Teleopieka: rzeczywista liczba osób,,Powód sprostowania: Jedna osoba poza');
  });

  it('refuses corrections of nothing, indicators without result, and a list of contractors that is not whole', () => {
    const all = counts([service('teleopieka', 12)], 12);
    const correction: Correction = {
      figure: 'UNITS_ACCEPTED',
      serviceCode: 'teleopieka',
      value: 1,
      reason: 'Tak',
    };
    const cost: Correction = { figure: 'COST_GROSZE', value: 1, reason: 'Tak' };
    const codes = [
      { corrections: [correction] },
      { corrections: [cost, cost] },
      { monitoring: [] },
      { contractors: [] },
      { contractors: [...additions.contractors!, { providerId: person, name: 'Jan Kowalski' }] },
      { contractors: [...additions.contractors!, ...additions.contractors!] },
    ].map((changes) => refusal(() => closed(all, changes)));
    expect(codes).toEqual([
      'correction-unknown',
      'correction-unknown',
      'indicators-unanswered',
      'contractor-unnamed',
      'contractor-not-to-name',
      'contractor-not-to-name',
    ]);
  });
});

describe('its table', () => {
  const csv = reportCsv(printedClosingInformation(closed(counts([service('teleopieka', 3)], 3))));

  it('has a header and four fields in every line, and says why a number is missing', () => {
    const lines = csv.split('\r\n');
    expect(lines[0]).toBe('część,pozycja,miara,wartość');
    expect(lines.at(-1)).toBe('');
    expect(csv).toContain('Liczba osób objętych usługami,Teleopieka,Rzeczywista,mniej niż 5\r\n');
    expect(csv).toContain('Koszty (zł),Teleopieka,Planowane,"15000,00"\r\n');
    expect(csv).toContain('Koszty (zł),Teleopieka,Poniesione,brak danych\r\n');
  });

  it('names no natural person, and holds no formula', () => {
    expect(csv).not.toContain(person);
    const text = { title: 'T', paragraphs: ['=1+1', '@x', '-5', 'a "b"'], sections: [] };
    expect(reportCsv(text).split('\r\n').slice(1)).toEqual([`T,,,'=1+1`, `T,,,'@x`, 'T,,,-5', 'T,,,"a ""b"""', '']);
  });
});
