import type { Day } from '../calendar';
import { faultsOf as faultsOfCriteria, type Known } from '../criteria/check';
import { isFeeRule, termsOf } from './rules';
import type { FeeData, ReliefData, TableData } from './schema';

/** What is wrong with a fee whose fields have the right types, as sentences that begin with the place; nothing when all is well. */
export function faultsOf(fee: FeeData, known: Known, validFrom: Day): string[] {
  const { rule, tables = [], reliefs = [] } = fee;
  if (!isFeeRule(rule)) return [`/rule: ${rule} is no rule of fees`];
  const terms = termsOf(rule);
  const given = Object.entries(fee)
    .filter(([name, value]) => value !== undefined && name !== 'rule' && name !== 'reliefs')
    .map(([name]) => name);
  const missing = given.length === 0 ? [] : terms.filter((name) => !given.includes(name));
  const surplus = given.filter((name) => !(terms as readonly string[]).includes(name));
  const shape = [
    ...missing.map((name) => `/${name}: ${rule} needs it`),
    ...surplus.map((name) => `/${name}: ${rule} takes none`),
  ];
  if (reliefs.length > 0 && (terms.length === 0 || given.length === 0))
    shape.push(`/reliefs: ${terms.length === 0 ? `of ${rule} there is none` : `they need ${terms.join(' and ')}`}`);
  return shape.length > 0 ? shape : [...inTables(tables, validFrom), ...inReliefs(reliefs, known)];
}

function inTables(tables: readonly TableData[], validFrom: Day): string[] {
  const [first] = tables;
  const late =
    first && first.validFrom > validFrom
      ? [`/tables/0/validFrom: the programme begins on ${validFrom}, when no table counts yet`]
      : [];
  const order = tables.flatMap((table, index) => {
    const before = tables[index - 1];
    return before && table.validFrom <= before.validFrom
      ? [`/tables/${index}/validFrom: is no later than that of the table before it`]
      : [];
  });
  return [...late, ...order, ...tables.flatMap((table, index) => inRows(table, `/tables/${index}/rows`))];
}

function inRows({ rows }: TableData, at: string): string[] {
  if (rows.length === 0) return [`${at}: a table has a row at least`];
  return rows.flatMap(({ upTo, singlePercent, familyPercent }, index) => {
    const place = `${at}/${index}`;
    const isLast = index === rows.length - 1;
    const before = rows[index - 1]?.upTo;
    return [
      ...(isLast && upTo !== undefined
        ? [`${place}/upTo: the last row has none, so that every income has its row`]
        : []),
      ...(!isLast && upTo === undefined ? [`${place}/upTo: only the last row has none`] : []),
      ...(upTo !== undefined && before !== undefined && upTo <= before
        ? [`${place}/upTo: is no more than that of the row before it`]
        : []),
      ...[singlePercent, familyPercent]
        .filter((percent) => !isPercent(percent))
        .map((percent) => `${place}: ${percent} is no percentage from 0 to 100`),
    ];
  });
}

function inReliefs(reliefs: readonly ReliefData[], known: Known): string[] {
  const seen = new Set<string>();
  return reliefs.flatMap(({ code, percent, criteria, reasons }, index) => {
    const place = `/reliefs/${index}`;
    const again = seen.has(code) ? [`${place}/code: ${code} is listed twice`] : [];
    seen.add(code);
    return [
      ...again,
      ...(percent === 0 || !isPercent(percent) ? [`${place}/percent: a relief is of more than 0 and at most 100`] : []),
      ...((criteria === undefined) === (reasons === undefined)
        ? [`${place}: it has either criteria or reasons of discretion`]
        : []),
      ...(criteria?.length === 0 ? [`${place}/criteria: they say who is entitled`] : []),
      ...(reasons?.length === 0 ? [`${place}/reasons: name a reason at least`] : []),
      ...(reasons && new Set(reasons).size < reasons.length ? [`${place}/reasons: one is listed twice`] : []),
      ...faultsOfCriteria(criteria ?? [], known).map((fault) => `${place}/criteria${fault}`),
    ];
  });
}

const isPercent = (value: number): boolean => value >= 0 && value <= 100;
