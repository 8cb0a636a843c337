import { addDays, addMonths, type Day } from '@okienko/contracts/calendar';

/** The first day of the quarter of a day. */
export function quarterOf(day: Day): Day {
  const month = Number(day.slice(5, 7));
  return `${day.slice(0, 5)}${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
}

/** The first days of the quarters that lie within these days, whole. */
export function quartersWithin(from: Day, to: Day): Day[] {
  const quarters: Day[] = [];
  const first = quarterOf(from) === from ? from : addMonths(quarterOf(from), 3);
  for (let quarter = first; addDays(addMonths(quarter, 3), -1) <= to; quarter = addMonths(quarter, 3))
    quarters.push(quarter);
  return quarters;
}
