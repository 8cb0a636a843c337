/** Grosze, from the least that is possible to the most; the two are equal when everything has been told. */
export interface Amount {
  readonly leastGrosze: number;
  readonly mostGrosze: number;
}

export const exactly = (grosze: number): Amount => ({ leastGrosze: grosze, mostGrosze: grosze });
export const isExact = ({ leastGrosze, mostGrosze }: Amount): boolean => leastGrosze === mostGrosze;

/** In whole hundredths, as 84.28 is none in floating point. */
export const hundredths = (value: number): number => Math.round(value * 100);

/** So many percent of an amount; a fraction of a grosz is not charged. */
export const percentOf = (grosze: number, percent: number): number =>
  Math.floor((grosze * hundredths(percent)) / 100_00);

/** Of so many units; a fraction of a grosz is not charged. */
export const times = ({ leastGrosze, mostGrosze }: Amount, quantity: number): Amount => ({
  leastGrosze: Math.floor((leastGrosze * hundredths(quantity)) / 100),
  mostGrosze: Math.floor((mostGrosze * hundredths(quantity)) / 100),
});

/** What is left of it after reliefs, the one certainly due and the greatest that may be. */
export const relieved = ({ leastGrosze, mostGrosze }: Amount, sure: number, possible: number): Amount => ({
  leastGrosze: percentOf(leastGrosze, 100 - possible),
  mostGrosze: percentOf(mostGrosze, 100 - sure),
});
