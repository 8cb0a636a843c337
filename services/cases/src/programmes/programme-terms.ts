import type { ProgrammeEnteredIntoForceV1 } from '@okienko/contracts/catalogue/programme-entered-into-force.v1';
import type { Work } from '@okienko/messaging/unit-of-work';

type Service = ProgrammeEnteredIntoForceV1['services'][number];

/** What one edition of a programme says of one service: criteria, queue rule, priorities, for how long it is granted, fee. */
export type ProgrammeTerms = Omit<Service, 'serviceCode' | 'expectedPersons'>;

/** As they stand in that edition, however often the programme has been amended since; undefined when this service has never been told of it. */
export async function programmeTerms(
  { query }: Pick<Work, 'query'>,
  programmeId: string,
  programmeVersion: number,
  serviceCode: string,
): Promise<ProgrammeTerms | undefined> {
  const [found] = await query<{ terms: ProgrammeTerms }>(
    `select terms from programme_edition_service
     where programme_id = $1 and programme_version = $2 and service_code = $3`,
    [programmeId, programmeVersion, serviceCode],
  );
  return found?.terms;
}
