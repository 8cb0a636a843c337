import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import type { PersonalData } from '../access/personal-data';
import type { Application } from '../applications/application';
import type { QualificationNotice } from '../applications/application-item';
import { meetDeadline } from '../deadlines/deadlines';
import { placeOf } from '../programmes/places';
import { leaveWaitingList, occupyPlace, takePlace } from '../programmes/places.commands';
import { assertNobodyBefore, claimHeldPlace } from '../waiting-lists/waiting-list';
import { type AskedService, askedService } from './asked-service';
import { assertMet } from './criteria-check';
import { grantedUntil, nextNoticeNumber, quantityGranted } from './notice';

export interface Grant {
  readonly today: Day;
  /** Units granted; all that were asked for when left out. */
  readonly quantity?: number | undefined;
  readonly authorisationId?: string | undefined;
  /** Only whoever has nobody before them on the waiting list. */
  readonly inTurn: boolean;
}

/** Qualifies for one service of a locked application: conditions met, place taken within the limit, notice numbered; or nothing of it. */
export async function qualifyItem(
  work: Work,
  personalData: PersonalData,
  application: Application,
  itemId: string,
  grant: Grant,
): Promise<QualificationNotice> {
  const { today, quantity, authorisationId } = grant;
  application.assertMayBecome(itemId, 'QUALIFIED');
  const granted = quantityGranted(application.item(itemId).quantity, quantity);
  const asked = await askedService(work, personalData, application, itemId, today);
  assertMet(asked.evaluation);
  // In one round trip: others wait for the service's row and for the register meanwhile. The first that says no is heard first.
  const [, number] = await Promise.all([
    seat(work, application, itemId, asked, grant),
    nextNoticeNumber(work, application.unit, today),
  ]);
  const { service, terms } = asked;
  const notice = {
    number,
    qualifiedOn: today,
    grantedUntil: grantedUntil(today, service.validTo, terms.grantedFor),
    ...(granted === undefined ? {} : { quantity: granted }),
    ...(authorisationId === undefined ? {} : { authorisationId }),
  };
  application.qualify(itemId, service.programmeVersion, notice);
  return notice;
}

async function seat(
  work: Work,
  application: Application,
  itemId: string,
  { resident, turn }: AskedService,
  { inTurn, today }: Grant,
): Promise<void> {
  const place = { ...placeOf(application, itemId), personId: resident.id };
  const waits = application.item(itemId).state === 'WAITLISTED';
  if (waits && (await claimHeldPlace(work, itemId))) {
    meetDeadline(work, 'PLACE_OFFER_ANSWER', itemId);
    return occupyPlace(work, place);
  }
  const inTheirTurn = inTurn && assertNobodyBefore(work, application, itemId, turn);
  if (waits) {
    await inTheirTurn;
    await leaveWaitingList(work, itemId, today);
  }
  await Promise.all([inTheirTurn, takePlace(work, place)]);
}
