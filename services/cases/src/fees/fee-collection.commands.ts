import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { assertCentre } from '../access/centre-only';
import { type Access, PersonalData } from '../access/personal-data';
import { dropDeadlines, startDeadline } from '../deadlines/deadlines';
import type { RecordDelivery } from '../decisions/decisions.dto';
import { deliveryDay } from '../decisions/delivery';
import { assertMayDecide, withNumberOfItsOwn } from '../decisions/issue-decision';
import { clockFrom, clockOn } from '../terms/clocks';
import { changeFee } from './change-fee';
import type { Fee } from './fee';
import { NotResigned } from './fee-errors';
import { decisionDelivered, decisionIssued, enforcementStarted, waived } from './fee-events';
import type { FeeWords } from './fee-words';
import type { DecideOnFee, FeeDecided, WaiveFee } from './fee-collection.dto';
import { hasResigned } from './resignations';

/** What the centre does about a fee that is not paid (art. 43(2)–(3)), or that it lets go of (art. 44(2)). */
@Injectable()
export class FeeCollectionCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  decide(id: string, version: number, body: DecideOnFee, access: Access): Promise<FeeDecided> {
    assertCentre(access.caller);
    const { number, legalBasis, authorisationId, reasons } = body;
    return withNumberOfItsOwn(() =>
      this.work.run(async (work) => {
        const decisionId = uuidv7();
        const changed = await changeFee(work, this.personalData, { id, version, access }, async (fee) => {
          await assertMayDecide(work, authorisationId, access, this.today);
          const appealDays = clockOn('APPEAL', this.today).length;
          const issued = { issuedBy: access.caller.sub, issuedOn: this.today, appealDays };
          const about = { number, legalBasis, authorisationId, grosze: fee.overdueGrosze };
          const decision = { id: decisionId, ...about, ...issued };
          fee.decide(decision);
          await this.note(work, fee, (words) => ({ decisions: { ...words.decisions, [decisionId]: reasons } }));
          work.send('insert into fee_decision (number, fee_id) values ($1, $2)', [number, id]);
          return decisionIssued(fee, decision);
        });
        return { ...changed, decisionId };
      }),
    );
  }

  deliver(
    id: string,
    decisionId: string,
    version: number,
    { deliveredOn, noticeLeftOn, channel }: RecordDelivery,
    access: Access,
  ): Promise<Changed> {
    return this.work.run((work) =>
      changeFee(work, this.personalData, { id, version, access }, async (fee) => {
        const day = deliveryDay(deliveredOn, noticeLeftOn);
        const { appealUntil } = fee.deliver(decisionId, day, channel, this.today, noticeLeftOn);
        const { applicationId, personId, unit, terc } = fee;
        const about = { subjectId: decisionId, applicationId, personId, unit, terc };
        const clock = clockFrom('APPEAL', day, fee.decision(decisionId).appealDays);
        startDeadline(work, { kind: 'APPEAL', awaited: 'APPLICANT', ...about, ...clock });
        return decisionDelivered(fee, decisionId, day, appealUntil);
      }),
    );
  }

  enforce(id: string, decisionId: string, version: number, startedOn: Day, access: Access): Promise<Changed> {
    return this.work.run((work) =>
      changeFee(work, this.personalData, { id, version, access }, async (fee) => {
        const grosze = fee.enforce(decisionId, startedOn, this.today);
        dropDeadlines(work, decisionId, 'APPEAL');
        return enforcementStarted(fee, decisionId, startedOn, grosze);
      }),
    );
  }

  waive(id: string, version: number, { reason, chargeIds }: WaiveFee, access: Access): Promise<Changed> {
    return this.work.run((work) =>
      changeFee(work, this.personalData, { id, version, access }, async (fee) => {
        if (!(await hasResigned(work, fee))) throw new NotResigned();
        const grosze = fee.waive(chargeIds);
        await this.note(work, fee, (words) => ({ waivers: [...words.waivers, { on: this.today, reason }] }));
        return waived(fee, grosze);
      }),
    );
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
