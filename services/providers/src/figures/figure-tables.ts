import { addDays, addMonths, type Day } from '@okienko/contracts/calendar';
import { csvOf } from '@okienko/printing/csv';
import type { Figure } from './figure';
import { figureNames, type Figures } from './provider-figures';
import type { Satisfaction } from './satisfaction';

/** The figures of a provider for one service, or in all (null). */
export interface TableOf extends Figures {
  readonly providerId: string;
  readonly name: string;
  readonly offerId: string | null;
  readonly satisfaction: readonly Satisfaction[];
}

const header = [
  'providerId',
  'provider',
  'offerId',
  'figure',
  'from',
  'to',
  'value',
  'numerator',
  'denominator',
  'why',
];

/** A row for each figure. What was said of satisfaction has the code of its question after its edition. */
export const figuresAsCsv = (rows: readonly TableOf[], { from, to }: { from: Day; to: Day }): string =>
  csvOf([
    header,
    ...rows.flatMap((row) => {
      const whose = [row.providerId, row.name, row.offerId ?? ''];
      return [
        ...figureNames.map((name) => [...whose, name, from, to, ...cells(row[name])]),
        ...row.satisfaction.flatMap((quarter) => satisfied(quarter).map((line) => [...whose, ...line])),
      ];
    }),
  ]);

function satisfied({ quarter, edition, answers, why, questions }: Satisfaction): string[][] {
  const days = [quarter, addDays(addMonths(quarter, 3), -1)];
  const name = `satisfaction ${edition}`;
  if (why) return [[name, ...days, '', '', '', why]];
  return questions.map(({ code, mean }) => [`${name} ${code}`, ...days, String(mean), '', String(answers), '']);
}

const cells = ({ value, numerator, denominator, why }: Figure): string[] =>
  [value, numerator, denominator, why].map((cell) => String(cell ?? ''));
