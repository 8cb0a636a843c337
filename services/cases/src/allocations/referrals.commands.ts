import { Injectable } from '@nestjs/common';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { type Access, PersonalData } from '../access/personal-data';
import { assertOffered } from '../capacities/capacities.queries';
import { referralTermsOn } from '../terms/referral-terms';
import type { Referred } from './allocations.dto';
import { chosenOf } from './candidates';
import { CandidateQueries } from './candidates.queries';
import { assertInForce, type Matter, matterOf, visibleMatter } from './matter';
import { concludeReferral, refer } from './referring';

/** Who is asked to perform a service: whom somebody names, or whom the rule ranks first. */
@Injectable()
export class ReferralCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
    private readonly candidates: CandidateQueries,
  ) {}

  referAgain(id: string, expectedVersion: number, providerId: string, access: Access): Promise<Referred> {
    return this.work.run(async (work) => {
      const matter = await visibleMatter(work, id, access.caller, expectedVersion);
      assertInForce(matter);
      await assertOffered(work, [{ providerId, offerId: matter.allocation.offerId }]);
      await refer(work, matter.allocation, { ...owner(matter, access), providerId, chosenBy: 'HAND' }, this.today);
      return this.logged(work, matter, access);
    });
  }

  referByRule(id: string, expectedVersion: number, wished: string | undefined, access: Access): Promise<Referred> {
    return this.work.run(async (work) => {
      const matter = await visibleMatter(work, id, access.caller, expectedVersion);
      const { allocation } = matter;
      assertInForce(matter);
      allocation.assertMayBeReferred();
      allocation.wishedProviderId = wished ?? allocation.wishedProviderId;
      const choice = await this.candidates.choice(work, allocation, this.today);
      await refer(work, allocation, { ...owner(matter, access), ...choice }, this.today);
      return this.logged(work, matter, access);
    });
  }

  /** Said by a coordinator, once the term is over. */
  lapse(id: string, expectedVersion: number, access: Access): Promise<Referred> {
    return this.work.run(async (work) => {
      const matter = await visibleMatter(work, id, access.caller, expectedVersion);
      await this.lapseAndGoOn(work, matter);
      return this.logged(work, matter, access);
    });
  }

  /** The same by the calendar; nothing when somebody was faster. */
  lapseOverdue(id: string): Promise<void> {
    return this.work.run(async (work) => {
      const matter = await matterOf(work, id);
      if (matter?.allocation.isOverdue(this.today)) await this.lapseAndGoOn(work, matter);
    });
  }

  /** The order lapses, and the next by the rule is asked; nobody when the rule leaves that to people or finds nobody. */
  private async lapseAndGoOn(work: Work, matter: Matter): Promise<void> {
    const { today } = this;
    const { allocation, applicationId, assignee } = matter;
    allocation.lapse(today);
    const lapsed = allocation.referralLapsed(today);
    concludeReferral(work, allocation, 'LAPSED', today);
    const goesOn = matter.isInForce && referralTermsOn(today).lapseRule === 'NEXT_BY_RULE';
    const ranking = goesOn ? await this.candidates.ranking(work, allocation, today) : [];
    const next = chosenOf(ranking);
    if (!next) return work.save(allocation, lapsed);
    const referral = { providerId: next.providerId, chosenBy: 'RULE', ranking, applicationId, assignee } as const;
    return refer(work, allocation, referral, today, [lapsed]);
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }

  private async logged(work: Work, { allocation, applicationId }: Matter, access: Access): Promise<Referred> {
    const { id, version, personId, asked: providerId } = allocation;
    await this.personalData.record(work, 'WRITE', access, { personId, fieldGroups: ['PLAN'], caseRef: applicationId });
    return { id, version, providerId };
  }
}

const owner = ({ applicationId, assignee }: Matter, { caller }: Access) => ({
  applicationId,
  assignee: assignee ?? caller.sub,
});
