import type { Principal } from '@okienko/chassis/access';
import type { Day } from '@okienko/contracts/calendar';
import { DomainError, NotFound } from '@okienko/contracts/domain-error';
import type { Work } from '@okienko/messaging/unit-of-work';
import { v5 as uuidv5 } from 'uuid';
import { maySee, unitOf } from '../access/visibility';
import { clockFrom } from '../terms/clocks';
import { meetDeadline, startDeadline } from './deadlines';

/** What a unit owes again and again: a summary of its plans, and a meeting of its coordinators (art. 46). */
export type UnitDuty = 'PLANS_SUMMARY' | 'COORDINATORS_MEETING';

export interface Unit {
  readonly unit: string;
  readonly terc: string;
}

export class UnitUnknown extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'unit-unknown';
  override readonly basis = 'art. 46';
  constructor() {
    super('No individual plan belongs to this unit. Name the unit as the accounts of its coordinators do.');
  }
}

type Sql = Pick<Work, 'query' | 'send'>;

/** A unit that the caller may answer for, their own unless another is named. */
export async function unitWithPlans({ query }: Sql, caller: Principal, named?: string): Promise<Unit> {
  const unit = named ?? unitOf(caller);
  if (!maySee(caller, { unit })) throw new NotFound('unit');
  const [found] = await query<Unit>('select unit, terc from individual_plan where unit = $1 order by id limit 1', [
    unit,
  ]);
  if (!found) throw new UnitUnknown();
  return found;
}

export const unitsWithoutDuty = ({ query }: Sql): Promise<(Unit & { readonly kind: UnitDuty })[]> =>
  query(`
    select units.*, duty.kind
    from (select unit, min(terc) as terc from individual_plan group by unit) units,
         unnest('{PLANS_SUMMARY,COORDINATORS_MEETING}'::text[]) as duty (kind)
    where not exists (select from deadline d where d.kind = duty.kind and d.unit = units.unit and d.ended_at is null)
    order by units.unit, duty.kind`);

export function startUnitDuty(sql: Sql, kind: UnitDuty, { unit, terc }: Unit, from: Day): void {
  startDeadline(sql, { kind, subjectId: subjectOf(unit), unit, terc, awaited: 'CENTRE', ...clockFrom(kind, from) });
}

/** It has been done, and is owed again from that day on. */
export function fulfilUnitDuty(sql: Sql, kind: UnitDuty, unit: Unit, on: Day): void {
  meetDeadline(sql, kind, subjectOf(unit.unit));
  startUnitDuty(sql, kind, unit, on);
}

/** A unit has a name and no id of its own: the deadlines of each are about an id made of it. */
const subjectOf = (unit: string): string => uuidv5(unit, 'b1a0c8a2-5f0e-4c55-9a63-5d1f0c7a4601');
