import type { Day } from '@okienko/contracts/calendar';
import { criteriaOf } from '@okienko/contracts/criteria/check';
import { evaluate, type Evaluation } from '@okienko/contracts/criteria/evaluate';
import type { FeeFacts } from '@okienko/contracts/fees/facts';
import type { Work } from '@okienko/messaging/unit-of-work';
import type { PersonalData } from '../access/personal-data';
import type { Application } from '../applications/application';
import { factsOf } from '../applications/application-facts';
import { type Resident, residentOf } from '../persons/standing';
import { lockService } from '../programmes/places.commands';
import { assertOpenTo, type ProgrammeService } from '../programmes/programme-service';
import { type ProgrammeTerms, programmeTerms } from '../programmes/programme-terms';
import { type Turn, turnOf } from '../waiting-lists/turn';

/** A requested service as it stands today, with what the edition in force says of it and what is known of the person. */
export interface AskedService {
  /** Whose matter it is: of records that were merged, the one that goes on. */
  readonly resident: Resident;
  readonly service: ProgrammeService;
  readonly terms: ProgrammeTerms | undefined;
  readonly evaluation: Evaluation;
  readonly turn: Turn;
}

/** Open to where the person lives today; its row is locked. Facts are opened only where the programme asks for any. */
export async function askedService(
  work: Work,
  personalData: PersonalData,
  application: Application,
  itemId: string,
  today: Day,
): Promise<AskedService> {
  const item = application.item(itemId);
  const resident = await residentOf(work, application.personId);
  const service = await lockService(work, item);
  assertOpenTo(service, resident.terc, today);
  const terms = await programmeTerms(work, item.programmeId, service.programmeVersion, item.serviceCode);
  const { criteria = [], priorities = [] } = terms ?? {};
  const facts: FeeFacts =
    criteria.length + priorities.length > 0
      ? await factsOf(work, personalData, application, itemId, today)
      : { on: today, serviceCode: item.serviceCode };
  return {
    resident,
    service,
    terms,
    evaluation: evaluate(criteriaOf(criteria), facts),
    turn: turnOf(application.filedAt, priorities, facts),
  };
}
