import { inZloty, type Printed } from '@okienko/printing/printed';
import { areas as allAreas } from '../areas/areas';
import type { Localised } from '../localised';
import type { Figure } from './figure';
import { kindNames, unitNames } from './polish-names';
import { correctionsOf, sourcesOf, wordsFor } from './figures-in-words';
import type { YearFigures } from './year-figures';

interface Report extends YearFigures {
  readonly terc: string;
  readonly year: number;
  readonly approvedOn?: string;
  readonly summary?: Localised;
  readonly surveyConclusions?: Localised;
}

const areaNames = new Map(allAreas.map(({ slug, name }) => [slug, name.pl]));

/** The yearly report as people read it (art. 18). */
export function printedYearlyReport(report: Report): Printed {
  const { terc, year, requests, costs, approvedOn } = report;
  const words = wordsFor(report.smallestFigure);
  const money = wordsFor(report.smallestFigure, inZloty);
  const numbers: [string, Figure][] = [
    ['Złożone wnioski', requests.filed],
    ['Usługi, o które wnioskowano', requests.requested],
    ['Zakwalifikowania', requests.qualified],
    ['Odmowy', requests.refused],
    ['Wycofane przed rozstrzygnięciem', requests.withdrawn],
    ['Oczekujące na koniec roku', requests.waitingAtEnd],
    ['Osoby, które korzystały z usług', report.served],
  ];
  return {
    title: `Sprawozdanie centrum usług społecznych za rok ${year}, gmina ${terc}`,
    paragraphs: [
      'Podstawa: art. 18 ustawy z dnia 19 lipca 2019 r. o realizowaniu usług społecznych przez centrum usług społecznych.',
      approvedOn
        ? `Dyrektor zatwierdził sprawozdanie ${approvedOn}.`
        : 'Projekt: dyrektor nie zatwierdził sprawozdania.',
    ],
    sections: [
      { heading: 'Podsumowanie', paragraphs: [report.summary?.pl ?? 'brak danych'] },
      {
        heading: 'Programy obowiązujące w ciągu roku',
        table: {
          columns: ['Program', 'Od', 'Do', 'Zakończony'],
          rows: report.programmes.map(({ name, validFrom, validTo, endedOn }) => [
            name.pl,
            validFrom,
            validTo,
            endedOn ?? 'nie',
          ]),
        },
      },
      {
        heading: 'Wnioski i osoby',
        table: { columns: ['Miara', 'Liczba'], rows: numbers.map(([name, figure]) => [name, words(figure)]) },
      },
      {
        heading: 'Osoby według obszarów usług',
        table: {
          columns: ['Obszar', 'Osoby'],
          rows: report.areas.map(({ area, served }) => [areaNames.get(area) ?? area, words(served)]),
        },
      },
      {
        heading: 'Usługi',
        table: {
          columns: ['Usługa i jednostka', 'Osoby', 'Odebrano'],
          rows: report.services.map(({ name, unit, served, accepted }) => [
            `${name.pl}, ${unitNames[unit] ?? unit}`,
            words(served),
            words(accepted),
          ]),
        },
      },
      {
        heading: 'Wykonawcy',
        table: {
          columns: ['Rodzaj', 'Liczba'],
          rows: report.contractors.map(({ kind, contractors }) => [kindNames[kind] ?? kind, String(contractors)]),
        },
      },
      {
        heading: 'Koszty (zł)',
        table: {
          columns: ['Zakres', 'Planowane', 'Poniesione'],
          rows: [['Programy gminy', money(costs.planned), money(costs.actual)]],
        },
      },
      { heading: 'Wnioski z rozeznania', paragraphs: [report.surveyConclusions?.pl ?? 'brak danych'] },
      ...correctionsOf([...numbers, ['Koszty poniesione', costs.actual]]),
      sourcesOf(report),
    ],
  };
}
