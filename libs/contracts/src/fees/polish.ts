import { units } from '../criteria/polish';
import { type Amount, isExact } from './amount';

const money = new Intl.NumberFormat('pl', { style: 'currency', currency: 'PLN' });
const percents = new Intl.NumberFormat('pl', { maximumFractionDigits: 2 });

export const zloty = (grosze: number): string => money.format(grosze / 100);
export const percentIn = (percent: number): string => `${percents.format(percent)}%`;
export const oneOf = (unit: string): string => units(1, unit);

export const amountIn = (amount: Amount): string =>
  isExact(amount) ? zloty(amount.mostGrosze) : `od ${zloty(amount.leastGrosze)} do ${zloty(amount.mostGrosze)}`;

/** Of what a flat fee is paid for. */
export const flatFor: Readonly<Record<string, string>> = {
  ONCE: 'jednorazowo',
  DAY: 'za dzień',
  WEEK: 'za tydzień',
  MONTH: 'za miesiąc',
  YEAR: 'za rok',
};
