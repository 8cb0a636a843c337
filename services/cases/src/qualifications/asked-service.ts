import type { Day } from '@okienko/contracts/calendar';
import { criteriaOf } from '@okienko/contracts/criteria/check';
import { evaluate, type Evaluation } from '@okienko/contracts/criteria/evaluate';
import type { FeeFacts } from '@okienko/contracts/fees/facts';
import type { Work } from '@okienko/messaging/unit-of-work';
import type { PersonalData } from '../access/personal-data';
import type { Application } from '../applications/application';
import { factsOf } from '../applications/application-facts';
import { type Resident, residentOf } from '../persons/standing';
import { assertOpenTo, type ProgrammeService } from '../programmes/programme-service';
import type { ProgrammeTerms } from '../programmes/programme-terms';
import { type Turn, turnOf } from '../waiting-lists/turn';

/** A requested service as it stands today, with what the edition in force says of it and what is known of the person. */
export interface AskedService {
  /** Whose matter it is: of records that were merged, the one that goes on. */
  readonly resident: Resident;
  readonly service: ProgrammeService;
  readonly terms: Partial<ProgrammeTerms>;
  readonly evaluation: Evaluation;
  readonly turn: Turn;
}

type Asked = ProgrammeService & { readonly terms: ProgrammeTerms | null };

/** Open to where the person lives today, and locked with its waiting list. Facts are opened only where the programme asks for any. */
export async function askedService(
  work: Work,
  personalData: PersonalData,
  application: Application,
  itemId: string,
  today: Day,
): Promise<AskedService> {
  const { programmeId, serviceCode } = application.item(itemId);
  const [resident, [service]] = await Promise.all([
    residentOf(work, application.personId),
    work.query<Asked>(locked, [programmeId, serviceCode]),
  ]);
  assertOpenTo(service, resident.terc, today);
  const terms: Partial<ProgrammeTerms> = service.terms ?? {};
  const { criteria = [], priorities = [] } = terms;
  const facts: FeeFacts =
    criteria.length + priorities.length > 0
      ? await factsOf(work, personalData, application, itemId, today)
      : { on: today, serviceCode };
  return {
    resident,
    service,
    terms,
    evaluation: evaluate(criteriaOf(criteria), facts),
    turn: turnOf(application.filedAt, priorities, facts),
  };
}

// All that a decision needs in one round trip: others wait for this lock.
const locked = `
  select p.id as "programmeId", p.programme_version as "programmeVersion", s.service_code as "serviceCode", p.terc,
         p.valid_from as "validFrom", p.valid_to as "validTo", p.ended_on as "endedOn",
         s.expected_persons as "expectedPersons", s.taken, s.queue_rule as "queueRule", t.terms
  from programme p
  join programme_service s on s.programme_id = p.id and s.programme_version = p.programme_version
  left join programme_edition_service t
    on t.programme_id = p.id and t.programme_version = p.programme_version and t.service_code = s.service_code
  where p.id = $1 and s.service_code = $2
  for update of s`;
