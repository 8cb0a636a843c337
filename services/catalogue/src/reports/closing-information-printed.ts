import { inZloty, type Printed } from '@okienko/printing/printed';
import type { ClosingInformation, ClosingService } from './closing-information';
import type { Figure } from './figure';
import { correctionsOf, sourcesOf, wordsFor } from './figures-in-words';
import { kindNames, unitNames } from './polish-names';

/** The closing information as people read it (art. 6). */
export function printedClosingInformation(document: ClosingInformation & { publishedOn?: string }): Printed {
  const words = wordsFor(document.smallestFigure);
  const money = wordsFor(document.smallestFigure, inZloty);
  const { services, persons, costs, monitoring, execution, remarks } = document;
  const each = <T>(of: (service: ClosingService) => T): [string, T][] =>
    services.map((service) => [service.name.pl, of(service)]);
  return {
    title: `Informacja o realizacji programu usług społecznych: ${document.name.pl}`,
    paragraphs: [
      'Podstawa: art. 6 ustawy z dnia 19 lipca 2019 r. o realizowaniu usług społecznych przez centrum usług społecznych.',
      `Gmina (TERC): ${document.terc}. Okres programu: od ${document.validFrom} do ${document.validTo}.` +
        (document.endedOn ? ` Program zakończył się ${document.endedOn}.` : ''),
      ...(document.publishedOn ? [`Informację podano do wiadomości publicznej ${document.publishedOn}.`] : []),
    ],
    sections: [
      {
        heading: 'Liczba osób objętych usługami',
        table: {
          columns: ['Usługa', 'Planowana', 'Zakwalifikowane', 'Rzeczywista', 'Wykonanie planu (%)'],
          rows: [
            ...each(({ persons: of }) => of).map(([name, of]): [string, ...string[]] => [
              name,
              words(of.planned),
              words(of.qualified),
              words(of.served),
              percent(of),
            ]),
            ['Cały program', words(persons.planned), 'nie dotyczy', words(persons.served), percent(persons)],
          ],
        },
      },
      {
        heading: 'Stopień realizacji',
        paragraphs: [execution?.pl ?? 'brak danych'],
        table: {
          columns: ['Usługa i jednostka', 'Zrealizowano', 'Odebrano'],
          rows: services.flatMap(({ name, units }) =>
            units.map(({ unit, delivered, accepted }): [string, ...string[]] => [
              `${name.pl}, ${unitNames[unit] ?? unit}`,
              words(delivered),
              words(accepted),
            ]),
          ),
        },
      },
      {
        heading: 'Wyniki monitoringu',
        entries: monitoring.map(({ indicator, result }) => ({
          item: indicator.pl,
          texts: [result?.pl ?? 'brak danych'],
        })),
      },
      {
        heading: 'Koszty (zł)',
        table: {
          columns: ['Usługa', 'Planowane', 'Poniesione'],
          rows: [
            ...each(({ costs: of }) => of).map(([name, of]): [string, ...string[]] => [
              name,
              money(of.planned),
              money(of.actual),
            ]),
            ['Cały program', money(costs.planned), money(costs.actual)],
          ],
        },
      },
      { heading: 'Wykaz wykonawców', entries: each(contractorsOf).map(([item, texts]) => ({ item, texts })) },
      ...(remarks ? [{ heading: 'Uwagi', paragraphs: [remarks.pl] }] : []),
      ...correctionsOf(figuresOf(document)),
      sourcesOf(document),
    ],
  };
}

function contractorsOf({ contractors: { bodies, naturalPersons } }: ClosingService): string[] {
  const named = bodies.map(({ name, kind, providerId }) => `${name ?? providerId} (${kindNames[kind] ?? kind})`);
  const others = naturalPersons > 0 ? [`osoby fizyczne: ${naturalPersons}`] : [];
  const all = [...named, ...others];
  return all.length === 0 ? ['brak'] : all;
}

const percent = ({ planned, served }: { readonly planned: Figure; readonly served: Figure }): string =>
  planned.value && served.value !== null ? String(Math.round((100 * served.value) / planned.value)) : 'brak danych';

/** Every figure that can be corrected, by name. */
function figuresOf({ services, persons, costs }: ClosingInformation): [string, Figure][] {
  return [
    ...services.flatMap(({ name, persons: of, units, costs: cost }): [string, Figure][] => [
      [`${name.pl}: zakwalifikowane osoby`, of.qualified],
      [`${name.pl}: rzeczywista liczba osób`, of.served],
      ...units.flatMap(({ unit, delivered, accepted }): [string, Figure][] => [
        [`${name.pl}: zrealizowano, ${unitNames[unit] ?? unit}`, delivered],
        [`${name.pl}: odebrano, ${unitNames[unit] ?? unit}`, accepted],
      ]),
      [`${name.pl}: koszty poniesione`, cost.actual],
    ]),
    ['Cały program: rzeczywista liczba osób', persons.served],
    ['Cały program: koszty poniesione', costs.actual],
  ];
}
