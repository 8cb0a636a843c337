import { criteriaOf } from '../criteria/check';
import type { NameOf } from '../criteria/conditions';
import { evaluate, type RequirementResult } from '../criteria/evaluate';
import type { Outcome } from '../criteria/outcome';
import { orList } from '../criteria/polish';
import { type Amount, isExact, relieved, times } from './amount';
import type { FeeFacts } from './facts';
import { amountIn, percentIn } from './polish';
import { chargeOf, toldAmount } from './rules';
import type { FeeData, ReliefData } from './schema';

/** Whether somebody is entitled to one relief, with its criteria condition by condition. */
export interface ReliefResult {
  readonly code: string;
  readonly percent: number;
  readonly outcome: Outcome;
  readonly requirements: readonly RequirementResult[];
}

export interface Assessment {
  /** UNKNOWN when something that would decide it has not been told, or the programme has it in words only. */
  readonly outcome: 'KNOWN' | 'UNKNOWN';
  /** ONCE, a period of the calendar, or a unit. */
  readonly per?: string;
  /** To be paid for one unit or period, after reliefs; absent when nothing can be said of it. */
  readonly amount?: Amount;
  /** For as many units as were asked for. */
  readonly total?: Amount;
  readonly reliefs: readonly ReliefResult[];
  /** The way to the amount in plain Polish, in order. */
  readonly steps: readonly string[];
}

/**
 * What somebody of whom this is known would pay. The amounts tell the least and the most that is possible: telling more brings them nearer to
 * each other and never moves them apart. Of several reliefs the greatest counts, alone. Takes time proportional to the fee and the criteria.
 */
export function assess(fee: FeeData, facts: FeeFacts, name: NameOf = String): Assessment {
  const { amount: full, per, steps } = chargeOf(fee, facts);
  const reliefs = (fee.reliefs ?? []).map((relief) => resultOf(relief, facts, name));
  if (full === undefined || per === undefined) return { outcome: 'UNKNOWN', reliefs, steps };
  const sure = greatest(reliefs.filter(({ outcome }) => outcome === 'MET'));
  const possible = greatest(reliefs.filter(({ outcome }) => outcome !== 'UNMET'));
  const amount = relieved(full, sure, possible);
  const total = isUnit(fee, per) && facts.quantity !== undefined ? times(amount, facts.quantity) : undefined;
  return {
    outcome: isExact(amount) ? 'KNOWN' : 'UNKNOWN',
    per,
    amount,
    ...(total ? { total } : {}),
    reliefs,
    steps: [
      ...steps,
      ...(fee.reliefs ?? []).map((relief, index) => toldRelief(relief, reliefs[index]?.outcome ?? 'UNKNOWN', name)),
      ...(reliefs.filter(({ outcome }) => outcome !== 'UNMET').length > 1 ? ['Z kilku ulg liczy się największa.'] : []),
      ...toldDue(amount, full, per),
      ...(total ? [`Razem za ${number.format(facts.quantity ?? 0)}: ${amountIn(total)}.`] : []),
    ],
  };
}

const number = new Intl.NumberFormat('pl');
const isUnit = ({ rule }: FeeData, per: string): boolean => rule !== 'FLAT' && per !== 'ONCE';
const greatest = (reliefs: readonly ReliefResult[]): number => Math.max(0, ...reliefs.map(({ percent }) => percent));

/** What is left to the centre's discretion is not granted until it has been, for one of its reasons. */
function resultOf({ code, percent, criteria, reasons }: ReliefData, facts: FeeFacts, name: NameOf): ReliefResult {
  if (criteria) return { code, percent, ...evaluate(criteriaOf(criteria), facts, name) };
  const isGranted = (facts.reliefsGranted ?? []).some((one) => one.code === code && reasons?.includes(one.reason));
  return { code, percent, outcome: isGranted ? 'MET' : 'UNMET', requirements: [] };
}

const entitled: Record<Outcome, string> = { MET: 'przysługuje', UNMET: 'nie przysługuje', UNKNOWN: 'brak danych' };

function toldRelief({ code, percent, criteria, reasons = [] }: ReliefData, outcome: Outcome, name: NameOf): string {
  const what = `${percent === 100 ? 'Zwolnienie z opłaty' : `Ulga ${percentIn(percent)}`} – ${name(code)}:`;
  if (criteria) return `${what} ${entitled[outcome]}.`;
  return outcome === 'MET'
    ? `${what} przyznano.`
    : `${what} nie przyznano. Centrum może przyznać z powodu: ${orList(reasons.map(name))}.`;
}

function toldDue(amount: Amount, full: Amount, per: string): string[] {
  if (full.mostGrosze === 0) return [];
  const due = `Do zapłaty: ${toldAmount(amount, per)}`;
  return isExact(amount) ? [`${due}.`] : [`${due}; dokładnie będzie wiadomo, gdy będą wszystkie dane.`];
}
