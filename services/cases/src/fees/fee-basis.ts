import { NotFound } from '@okienko/contracts/domain-error';
import type { FeeFacts } from '@okienko/contracts/fees/facts';
import type { FeeData } from '@okienko/contracts/fees/schema';
import type { Work } from '@okienko/messaging/unit-of-work';
import type { PersonalData } from '../access/personal-data';
import type { Application } from '../applications/application';
import { factsOf } from '../applications/application-facts';
import { programmeTerms } from '../programmes/programme-terms';
import { FeeUnitDiffers } from './fee-errors';
import { isPerUnit } from './instalments';
import { feeOf } from './price';

/** What is asked beside what the application tells. */
export interface Asked {
  readonly from: string;
  readonly reliefsGranted?: NonNullable<FeeFacts['reliefsGranted']>;
  readonly units?: number;
}

/** What an amount rests on: the fee as the programme has it, and all that is known on the first day. */
export interface FeeBasis {
  readonly fee: FeeData;
  readonly facts: FeeFacts;
}

export async function basisOf(
  work: Work,
  personalData: PersonalData,
  application: Application,
  itemId: string,
  { from, reliefsGranted, units }: Asked,
): Promise<FeeBasis> {
  const facts = {
    ...(await factsOf(work, personalData, application, itemId, from)),
    ...(reliefsGranted ? { reliefsGranted } : {}),
    ...(units === undefined ? {} : { quantity: units }),
  };
  return { fee: await feeIn(work, application, itemId), facts };
}

/** In the edition that the item is pinned to; before it is qualified, in the one that is in force. */
async function feeIn(work: Work, application: Application, itemId: string): Promise<FeeData> {
  const { programmeId, programmeVersion, serviceCode } = application.item(itemId);
  const [programme] = await work.query<{ version: number }>(
    'select programme_version as version from programme where id = $1',
    [programmeId],
  );
  const version = programmeVersion ?? programme?.version;
  if (version === undefined) throw new NotFound('programme');
  return feeOf(await programmeTerms(work, programmeId, version, serviceCode));
}

/** A fee for each unit can be settled only if the same unit is delivered. */
export async function assertSameUnit({ query }: Work, offerId: string, per: string): Promise<void> {
  if (!isPerUnit(per)) return;
  const [offer] = await query<{ unit: string }>('select unit_of_measure as unit from offer where id = $1', [offerId]);
  if (offer && offer.unit !== per) throw new FeeUnitDiffers(per, offer.unit);
}
