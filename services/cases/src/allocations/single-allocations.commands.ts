import { Injectable } from '@nestjs/common';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { NotFound, NotInState } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { assertCentre } from '../access/centre-only';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { Application } from '../applications/application';
import { assertOffered } from '../capacities/capacities.queries';
import type { UnitOfMeasure } from '../plans/plan-content';
import { usePlaces } from '../programmes/places.commands';
import { Allocation } from './allocation';
import type { AllocateSingly, Referred } from './allocations.dto';
import { CandidateQueries } from './candidates.queries';
import { type Choice, refer } from './referring';

/** A single service needs no plan: who is qualified may use it at once (art. 38(2) asks for a plan where services are to be coordinated). */
@Injectable()
export class SingleAllocationCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
    private readonly candidates: CandidateQueries,
  ) {}

  allocate(applicationId: string, itemId: string, command: AllocateSingly, access: Access): Promise<Referred> {
    assertCentre(access.caller);
    return this.work.run(async (work) => {
      const application = await loadVisible(work, Application, applicationId, access.caller);
      const { offerId, state, notice } = application.item(itemId);
      if (!application.isQualified(itemId)) throw new NotInState('item', 'allocated', state);
      const { personId } = application;
      const id = uuidv7();
      const words = await this.sealed(work, personId, id, command);
      const { from, to, quantity } = command;
      const left = notice?.quantity && notice.quantity - (await deliveredOf(work, itemId));
      const asked = { itemId, offerId, from, to, quantity, grantedUntil: notice?.grantedUntil, left };
      const terms = { ...asked, unit: await unitOf(work, offerId), words };
      const allocation = Allocation.createSingly(id, application, terms);
      allocation.wishedProviderId = command.wishedProviderId ?? null;
      await usePlaces(work, id, [itemId]);
      const today = dayOf(this.clock.now());
      const choice = await this.choice(work, allocation, command.providerId, today);
      const referral = { ...choice, applicationId, assignee: application.coordinator ?? access.caller.sub };
      await refer(work, allocation, referral, today, [allocation.created()]);
      await this.personalData.record(work, 'WRITE', access, {
        personId,
        fieldGroups: ['PLAN'],
        caseRef: applicationId,
      });
      return { id, version: allocation.version, providerId: choice.providerId };
    });
  }

  private async choice(
    work: Work,
    allocation: Allocation,
    providerId: string | null | undefined,
    today: Day,
  ): Promise<Choice> {
    if (!providerId) return this.candidates.choice(work, allocation, today);
    await assertOffered(work, [{ providerId, offerId: allocation.offerId }]);
    return { providerId, chosenBy: 'HAND' };
  }

  private async sealed(
    work: Work,
    personId: string,
    id: string,
    { place, schedule }: AllocateSingly,
  ): Promise<Buffer | null> {
    if (!place && !schedule) return null;
    const row = await this.personalData.row(work, personId, 'allocation', id);
    return row.sealJson('words', { place: place ?? '', schedule: schedule ?? '' });
  }
}

/** By those who had the service before and failed. */
async function deliveredOf({ query }: Work, itemId: string): Promise<number> {
  const [found] = await query<{ total: number }>(
    'select coalesce(sum(delivered_total), 0)::int as total from allocation where item_id = $1',
    [itemId],
  );
  return found?.total ?? 0;
}

async function unitOf({ query }: Work, offerId: string): Promise<UnitOfMeasure> {
  const [offer] = await query<{ unit: UnitOfMeasure }>('select unit_of_measure as unit from offer where id = $1', [
    offerId,
  ]);
  if (!offer) throw new NotFound('service offer');
  return offer.unit;
}
