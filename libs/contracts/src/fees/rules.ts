import type { Day } from '../calendar';
import { type Amount, exactly, hundredths, percentOf } from './amount';
import type { FeeFacts } from './facts';
import { feeRules, type FeeRule, tableOn } from './fee';
import { incomeCriterionOn } from './income-criterion';
import { amountIn, flatFor, oneOf, percentIn, zloty } from './polish';
import type { FeeData, TableData } from './schema';

/** What is charged before reliefs; no amount when nothing can be said of it. */
export interface Charge {
  readonly amount?: Amount;
  /** ONCE, a period, or a unit. */
  readonly per?: string;
  readonly steps: readonly string[];
}

type Term = Exclude<keyof FeeData, 'rule' | 'reliefs'>;

/** All that there is to know of one rule. */
interface Rule {
  /** Its terms as data: all of them, or none and words only. */
  readonly terms: readonly Term[];
  charge(fee: FeeData, facts: FeeFacts): Charge;
}

const inWords: Charge = { steps: ['Program opisuje tę opłatę tylko słowami; jej wysokość podaje pracownik.'] };

const rules: Record<FeeRule, Rule> = {
  FREE: { terms: [], charge: () => ({ amount: exactly(0), per: 'ONCE', steps: ['Usługa jest bezpłatna.'] }) },
  OWN_COSTS_ONLY: {
    terms: [],
    charge: () => ({
      amount: exactly(0),
      per: 'ONCE',
      steps: ['Centrum nie pobiera opłaty. Własne koszty, na przykład zakupów, ponosi osoba, która korzysta z usługi.'],
    }),
  },
  FLAT: {
    terms: ['grosze', 'per'],
    charge: ({ grosze, per }) =>
      grosze === undefined || per === undefined
        ? inWords
        : { amount: exactly(grosze), per, steps: [`Opłata stała: ${zloty(grosze)} ${flatFor[per]}.`] },
  },
  PER_UNIT: {
    terms: ['grosze', 'unit'],
    charge: ({ grosze, unit }) =>
      grosze === undefined || unit === undefined
        ? inWords
        : { amount: exactly(grosze), per: unit, steps: [`Opłata: ${oneOf(unit)} – ${zloty(grosze)}.`] },
  },
  TABLE_BY_INCOME: {
    terms: ['tables'],
    charge: ({ tables }, facts) => {
      if (tables === undefined) return inWords;
      const table = tableOn(tables, facts.on);
      return table ? byIncome(table, facts) : { steps: [`W dniu ${facts.on} nie obowiązuje żadna tabela opłat.`] };
    },
  },
};

export const isFeeRule = (rule: string): rule is FeeRule => feeRules.includes(rule as FeeRule);
export const termsOf = (rule: string): readonly Term[] => (isFeeRule(rule) ? rules[rule].terms : []);

export function chargeOf(fee: FeeData, facts: FeeFacts): Charge {
  if (!isFeeRule(fee.rule))
    return { steps: [`Zasady ${fee.rule} ta wersja systemu nie zna; wysokość opłaty podaje pracownik.`] };
  return rules[fee.rule].charge(fee, facts);
}

/** Every row and column that what is known leaves open; one, when all is known. */
function byIncome(table: TableData, { on, household, incomePerPersonGrosze: income }: FeeFacts): Charge {
  const columns: Column[] = household ? [household.length === 0 ? 'single' : 'family'] : ['single', 'family'];
  const percents = columns.flatMap((column) =>
    rowsFor(table, column, income, on).map((row) => row[`${column}Percent`]),
  );
  if (percents.length === 0) return inWords;
  const [least, most] = [Math.min(...percents), Math.max(...percents)];
  const { costGrosze, unit } = table;
  return {
    amount: { leastGrosze: percentOf(costGrosze, least), mostGrosze: percentOf(costGrosze, most) },
    per: unit,
    steps: [
      `Koszt: ${oneOf(unit)} – ${zloty(costGrosze)}. Płaci się jego część, zależnie od dochodu na osobę.`,
      ...(household ? [] : ['Nie podano, kto mieszka w gospodarstwie domowym.']),
      ...(income === undefined
        ? ['Nie podano dochodu na osobę.']
        : columns.map((column) => toldIncome(table, column, income, on))),
      least === most
        ? `Część kosztu według tabeli: ${percentIn(least)}.`
        : `Część kosztu według tabeli: od ${percentIn(least)} do ${percentIn(most)}.`,
    ],
  };
}

type Column = 'single' | 'family';

function rowsFor({ basis, rows }: TableData, column: Column, income: number | undefined, on: Day): TableData['rows'] {
  if (income === undefined) return rows;
  const criterion = incomeCriterionOn(on)[`${column}Grosze`];
  const reaches = (upTo: number): boolean =>
    basis === 'GROSZE' ? income <= upTo : income * 100_00 <= hundredths(upTo) * criterion;
  const row = rows.find(({ upTo }) => upTo === undefined || reaches(upTo));
  return row ? [row] : rows;
}

function toldIncome({ basis }: TableData, column: Column, income: number, on: Day): string {
  const told = `Dochód na osobę: ${zloty(income)}`;
  if (basis === 'GROSZE') return `${told}.`;
  const criterion = incomeCriterionOn(on)[`${column}Grosze`];
  const whose = column === 'single' ? 'osoby samotnie gospodarującej' : 'osoby w rodzinie';
  return `${told}, to ${percentIn((income * 100) / criterion)} kryterium dochodowego ${whose} (${zloty(criterion)}).`;
}

export const toldAmount = (amount: Amount, per: string): string =>
  `${amountIn(amount)} ${flatFor[per] ?? `(${oneOf(per)})`}`;
