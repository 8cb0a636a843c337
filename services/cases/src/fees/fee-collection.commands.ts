import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import type { DomainEvent } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { assertCentre } from '../access/centre-only';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { Authorisation } from '../authorisations/authorisation';
import { dropDeadlines, startDeadline } from '../deadlines/deadlines';
import { DecisionNumberUsed } from '../decisions/decision';
import { termsOn } from '../terms/statutory-terms';
import { Fee } from './fee';
import { keepDeadlines } from './fee-deadlines';
import { NotResigned } from './fee-errors';
import { decisionDelivered, decisionIssued, enforcementStarted, waived } from './fee-events';
import type { FeeWords } from './fee-words';
import type { DecideOnFee, DeliverFeeDecision, FeeDecided, WaiveFee } from './fees.dto';
import { hasResigned } from './resignations';

/** What the centre does about a fee that is not paid (art. 43(2)–(3)), or that it lets go of (art. 44(2)). */
@Injectable()
export class FeeCollectionCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  async decide(id: string, expectedVersion: number, body: DecideOnFee, access: Access): Promise<FeeDecided> {
    assertCentre(access.caller);
    const { number, legalBasis, authorisationId } = body;
    const decisionId = uuidv7();
    try {
      const changed = await this.change(id, expectedVersion, access, async (work, fee) => {
        const issuedBy = access.caller.sub;
        (await work.load(Authorisation, authorisationId)).assertCovers('ISSUE_DECISIONS', issuedBy, this.today);
        const about = { number, legalBasis, authorisationId, issuedBy, issuedOn: this.today };
        const { appealDays } = termsOn(this.today);
        const decision = { id: decisionId, ...about, grosze: fee.overdueGrosze, appealDays };
        fee.decide(decision);
        await this.note(work, fee, (words) => ({ decisions: { ...words.decisions, [decisionId]: body.reasons } }));
        work.send('insert into fee_decision (number, fee_id) values ($1, $2)', [number, id]);
        return decisionIssued(fee, decision);
      });
      return { ...changed, decisionId };
    } catch (error) {
      throw isUniqueViolation(error, 'decision_number_is_unique') ? new DecisionNumberUsed() : error;
    }
  }

  deliver(
    id: string,
    decisionId: string,
    expectedVersion: number,
    { deliveredOn, channel }: DeliverFeeDecision,
    access: Access,
  ): Promise<Changed> {
    return this.change(id, expectedVersion, access, async (work, fee) => {
      const { delivery } = fee.deliver(decisionId, deliveredOn, channel, this.today);
      const appealUntil = delivery?.appealUntil ?? deliveredOn;
      const { applicationId, personId, unit, terc } = fee;
      const about = { kind: 'APPEAL', subjectId: decisionId, applicationId, personId, unit, terc } as const;
      startDeadline(work, {
        ...about,
        awaited: 'APPLICANT',
        warnOn: deliveredOn,
        dueOn: appealUntil,
        basis: 'KPA art. 129 § 2',
      });
      return decisionDelivered(fee, decisionId, deliveredOn, appealUntil);
    });
  }

  enforce(id: string, decisionId: string, expectedVersion: number, startedOn: Day, access: Access): Promise<Changed> {
    return this.change(id, expectedVersion, access, async (work, fee) => {
      const grosze = fee.enforce(decisionId, startedOn, this.today);
      dropDeadlines(work, decisionId);
      return enforcementStarted(fee, decisionId, startedOn, grosze);
    });
  }

  waive(id: string, expectedVersion: number, { reason, chargeIds }: WaiveFee, access: Access): Promise<Changed> {
    return this.change(id, expectedVersion, access, async (work, fee) => {
      if (!(await hasResigned(work, fee))) throw new NotResigned();
      const grosze = fee.waive(chargeIds);
      await this.note(work, fee, (words) => ({ waivers: [...words.waivers, { on: this.today, reason }] }));
      return waived(fee, grosze);
    });
  }

  private change(
    id: string,
    expectedVersion: number,
    access: Access,
    act: (work: Work, fee: Fee) => Promise<DomainEvent>,
  ): Promise<Changed> {
    return this.work.run(async (work) => {
      const fee = await loadVisible(work, Fee, id, access.caller, expectedVersion);
      const before = fee.charges;
      await work.save(fee, await act(work, fee));
      keepDeadlines(work, fee, before, this.today);
      const { version, personId, applicationId: caseRef } = fee;
      await this.personalData.record(work, 'WRITE', access, { personId, fieldGroups: ['FEE'], caseRef });
      return { id, version };
    });
  }

  private async note(work: Work, fee: Fee, more: (words: FeeWords) => Partial<FeeWords>): Promise<void> {
    const row = await this.personalData.row(work, fee.personId, 'fee', fee.id);
    const words = row.openJson<FeeWords>('words', fee.words);
    fee.words = row.sealJson('words', { ...words, ...more(words) });
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }
}
