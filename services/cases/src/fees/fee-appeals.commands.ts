import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import type { DomainEvent } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { assertCentre } from '../access/centre-only';
import { type Access, PersonalData } from '../access/personal-data';
import { dropDeadlines, meetDeadline, startDeadline } from '../deadlines/deadlines';
import type { AppealChannel, Ruling } from '../decisions/appeal';
import { assertMayDecide } from '../decisions/issue-decision';
import { clockFrom } from '../terms/clocks';
import { changeFee } from './change-fee';
import type { Fee } from './fee';
import { appealed, appealWithdrawn, handedOver, reviewed, ruled } from './fee-decision';
import * as told from './fee-events';

/** Which decision of which fee, as somebody saw it. */
export interface Contested {
  readonly id: string;
  readonly decisionId: string;
  readonly version: number;
  readonly access: Access;
}

/** A decision on an unpaid fee is appealed against like any other (art. 48; KPA art. 127–137). What stands no longer leaves the fee overdue. */
@Injectable()
export class FeeAppealCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  file(contested: Contested, filedOn: Day, channel: AppealChannel): Promise<Changed> {
    return this.act(contested, (work, fee, id) => {
      const decision = fee.contest(id, (one) => appealed(one, filedOn, channel, this.today));
      meetDeadline(work, 'APPEAL', id);
      const { applicationId, personId, unit, terc } = fee;
      const about = { subjectId: id, applicationId, personId, unit, terc };
      const clock = clockFrom('APPEAL_HANDOVER', filedOn);
      startDeadline(work, { kind: 'APPEAL_HANDOVER', awaited: 'CENTRE', ...about, ...clock });
      return told.decisionAppealed(fee, decision);
    });
  }

  handOver(contested: Contested, handedOverOn: Day): Promise<Changed> {
    return this.act(contested, (work, fee, id) => {
      fee.contest(id, (one) => handedOver(one, handedOverOn, this.today));
      meetDeadline(work, 'APPEAL_HANDOVER', id);
      return told.appealHandedOver(fee, id, handedOverOn);
    });
  }

  review(contested: Contested, authorisationId: string): Promise<Changed> {
    assertCentre(contested.access.caller);
    return this.act(contested, async (work, fee, id) => {
      await assertMayDecide(work, authorisationId, contested.access, this.today);
      fee.contest(id, (one) => reviewed(one, this.today));
      meetDeadline(work, 'APPEAL_HANDOVER', id);
      return told.decisionReviewed(fee, id, this.today, authorisationId);
    });
  }

  rule(contested: Contested, ruling: Ruling, ruledOn: Day): Promise<Changed> {
    return this.act(contested, (_, fee, id) => {
      fee.contest(id, (one) => ruled(one, ruling, ruledOn, this.today));
      return told.decisionRuled(fee, id, ruling, ruledOn);
    });
  }

  withdraw(contested: Contested, withdrawnOn: Day): Promise<Changed> {
    return this.act(contested, (work, fee, id) => {
      fee.contest(id, (one) => appealWithdrawn(one, withdrawnOn, this.today));
      dropDeadlines(work, id, 'APPEAL_HANDOVER');
      return told.appealWithdrawn(fee, id, withdrawnOn);
    });
  }

  private act(
    contested: Contested,
    act: (work: Work, fee: Fee, decisionId: string) => Promise<DomainEvent> | DomainEvent,
  ): Promise<Changed> {
    return this.work.run((work) =>
      changeFee(work, this.personalData, contested, (fee) => act(work, fee, contested.decisionId)),
    );
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }
}
