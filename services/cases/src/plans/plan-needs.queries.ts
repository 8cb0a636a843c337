import { Injectable } from '@nestjs/common';
import { addDays, addMonths, type Day, dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { visibleTo } from '../access/visibility';
import type { ProgrammeTerms } from '../programmes/programme-terms';
import { termsOn } from '../terms/statutory-terms';
import { needOf, type PlannedService } from './plan-need';
import type { PlanNeedOverride, PlanNeedView } from './plan-needs.dto';

@Injectable()
export class PlanNeedQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  get(id: string, access: Access): Promise<PlanNeedView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('id = ?', id), ...visibleTo(access.caller));
      const [application] = await transaction.query<{ personId: string }>(
        `select person_id as "personId" from application ${sql}`,
        values,
      );
      if (!application) throw new NotFound('application');
      const { personId } = application;
      const today = dayOf(this.clock.now());
      const services = (await transaction.query<Wanted>(wanted, [id])).map((service) => planned(service, today));
      const byRule = needOf(services, termsOn(today).planNeedMonths);
      const [found] = await transaction.query<SealedOverride>(override, [id]);
      const row = found && (await this.personalData.row(transaction, personId, 'plan_need', found.id));
      await this.personalData.record(transaction, 'READ', access, { personId, fieldGroups: ['PLAN'], caseRef: id });
      if (!found || !row) return { version: 0, need: byRule, byRule, services, override: null };
      const { id: _, version, reason, ...said } = found;
      return { version, need: said.need, byRule, services, override: { ...said, reason: row.open('reason', reason) } };
    });
  }
}

interface Wanted {
  readonly itemId: string;
  readonly validFrom: Day;
  readonly validTo: Day;
  readonly grantedFor: ProgrammeTerms['grantedFor'] | null;
}
type SealedOverride = Omit<PlanNeedOverride, 'reason'> & { id: string; version: number; reason: Buffer };

// Under the edition that the item was qualified under, or else the one that counts now.
const wanted = `
  select item ->> 'id' as "itemId", p.valid_from as "validFrom", p.valid_to as "validTo", e.terms -> 'grantedFor' as "grantedFor"
  from application a
  cross join jsonb_array_elements(a.items) item
  join programme p on p.id = (item ->> 'programmeId')::uuid
  left join programme_edition_service e on e.programme_id = p.id and e.service_code = item ->> 'serviceCode'
    and e.programme_version = coalesce((item ->> 'programmeVersion')::int, p.programme_version)
  where a.id = $1 and item ->> 'state' in ('SUBMITTED', 'INCOMPLETE', 'WAITLISTED', 'QUALIFIED')`;

const override = `
  select id, version, need, reason_code as "reasonCode", reason, overridden_by as "overriddenBy", overridden_on as "overriddenOn"
  from plan_need where application_id = $1`;

/** From today, for as long as the programme grants it or lasts itself. */
function planned({ itemId, validFrom, validTo, grantedFor }: Wanted, today: Day): PlannedService {
  const from = today < validFrom ? validFrom : today;
  const granted = grantedFor ? lastDay(from, grantedFor) : validTo;
  return { itemId, from, to: granted < validTo ? granted : validTo };
}

function lastDay(from: Day, { length, period }: NonNullable<ProgrammeTerms['grantedFor']>): Day {
  if (period === 'DAY' || period === 'WEEK') return addDays(from, length * (period === 'WEEK' ? 7 : 1) - 1);
  return addDays(addMonths(from, length * (period === 'YEAR' ? 12 : 1)), -1);
}
