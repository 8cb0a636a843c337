import { Injectable } from '@nestjs/common';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { NotFound, NotInState } from '@okienko/contracts/domain-error';
import { isNrb } from '@okienko/identifiers/nrb';
import { rfOf } from '@okienko/identifiers/rf';
import { Clock } from '@okienko/messaging/clock';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { assertCentre } from '../access/centre-only';
import { loadVisible, lookAtVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { Application } from '../applications/application';
import { CasesConfig } from '../config';
import { deliveredOf } from './delivered-units';
import { Fee, type Moment } from './fee';
import { assertSameUnit, basisOf } from './fee-basis';
import { keepDeadlines } from './fee-deadlines';
import { AccountInvalid, AccountMissing, AccountTaken, FeeExists, FeeKindDiffers, ReliefNotYours } from './fee-errors';
import { assessed, revised } from './fee-events';
import { feeTermsOn } from './fee-terms';
import type { AssessmentNote, FeeWords } from './fee-words';
import type { FeeChanged } from './fee-views.dto';
import type { AssessFee, ReviseFee } from './fees.dto';
import { type Price, priceOf } from './price';
import { touchedOf } from './till';

/** Sets what somebody pays, by the edition of the programme that they were qualified under and without a decision (art. 42(1)). */
@Injectable()
export class FeeCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
    private readonly config: CasesConfig,
  ) {}

  assess(applicationId: string, itemId: string, body: AssessFee, access: Access): Promise<FeeChanged> {
    assertCentre(access.caller);
    return uniquely(() =>
      this.work.run(async (work) => {
        const application = await loadVisible(work, Application, applicationId, access.caller);
        const { programmeId, programmeVersion, serviceCode, offerId, state } = application.item(itemId);
        assertMayGrant(body, access);
        if (state !== 'QUALIFIED' || programmeVersion === undefined) throw new NotInState('item', 'charged for', state);
        const price = await this.price(work, application, itemId, body);
        await assertSameUnit(work, offerId, price.per);
        const id = uuidv7();
        const { unit, terc, personId } = application;
        const row = await this.personalData.row(work, personId, 'fee', id);
        const assessments = [noteOf(body, price, access, this.today)];
        const words = row.sealJson('words', { assessments, waivers: [], decisions: {} } satisfies FeeWords);
        const matter = { unit, terc, applicationId, itemId, personId, programmeId, programmeVersion, serviceCode };
        const dueDays = body.dueDays ?? feeTermsOn(this.today).dueDays;
        const terms = { ...matter, dueDays, per: price.per, reference: await newReference(work) };
        const fee = Fee.assess(id, terms, body, price.grosze, words, await this.moment(work, itemId));
        this.nameAccount(fee, body.virtualAccount);
        await work.save(fee, assessed(fee));
        keepDeadlines(work, fee, []);
        return this.logged(work, fee, access);
      }),
    );
  }

  /** The facts have changed: from that day on it costs what they make it. */
  revise(id: string, expectedVersion: number, body: ReviseFee, access: Access): Promise<FeeChanged> {
    assertCentre(access.caller);
    return uniquely(() =>
      this.change(id, expectedVersion, access, async (work, fee, application) => {
        assertMayGrant(body, access);
        const price = await this.price(work, application, fee.itemId, body);
        if (price.per !== fee.per) throw new FeeKindDiffers(fee.per);
        const row = await this.personalData.row(work, fee.personId, 'fee', id);
        const words = row.openJson<FeeWords>('words', fee.words);
        const assessments = [...words.assessments, noteOf(body, price, access, this.today)];
        fee.words = row.sealJson('words', { ...words, assessments });
        fee.revise({ from: body.from, grosze: price.grosze }, await this.moment(work, fee.itemId));
        this.nameAccount(fee, body.virtualAccount);
        return body.from;
      }),
    );
  }

  end(id: string, expectedVersion: number, lastDay: Day, access: Access): Promise<FeeChanged> {
    return this.change(id, expectedVersion, access, async (work, fee) => {
      fee.end(lastDay, await this.moment(work, fee.itemId));
      return lastDay;
    });
  }

  /** `act` says from which day on. Fees are locked last of all. */
  private change(
    id: string,
    expectedVersion: number,
    access: Access,
    act: (work: Work, fee: Fee, application: Application) => Promise<Day>,
  ): Promise<FeeChanged> {
    return this.work.run(async (work) => {
      const select = 'select application_id as "applicationId" from fee';
      const found = await lookAtVisible<{ applicationId: string }>(work, select, id, access.caller);
      if (!found) throw new NotFound('fee');
      const application = await work.load(Application, found.applicationId);
      const fee = await loadVisible(work, Fee, id, access.caller, expectedVersion);
      const before = fee.charges;
      const from = await act(work, fee, application);
      await work.save(fee, revised(fee, from, before));
      keepDeadlines(work, fee, before);
      return this.logged(work, fee, access);
    });
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }

  private async price(work: Work, application: Application, itemId: string, body: ReviseFee): Promise<Price> {
    const { fee, facts } = await basisOf(work, this.personalData, application, itemId, body);
    return priceOf(fee, facts, body.stated);
  }

  private async moment(work: Work, itemId: string): Promise<Moment> {
    return { today: this.today, delivered: await deliveredOf(work, itemId), newId: uuidv7 };
  }

  /** Art. 43(1): a fee is paid to an account of the centre; what is free needs none. */
  private nameAccount(fee: Fee, virtualAccount: string | undefined): void {
    if (virtualAccount !== undefined && !isNrb(virtualAccount)) throw new AccountInvalid();
    if (virtualAccount !== undefined) fee.isVirtual = true;
    fee.account = virtualAccount ?? fee.account ?? this.config.FEE_ACCOUNT ?? null;
    if (fee.account === null && fee.price > 0) throw new AccountMissing();
  }

  private async logged(work: Work, fee: Fee, access: Access): Promise<FeeChanged> {
    const { id, version, state, per, price: grosze, openGrosze, reference, account } = fee;
    const charges = fee.charges.map((one) => ({
      id: one.id,
      from: one.from,
      to: one.to,
      grosze: one.grosze,
      dueOn: one.dueOn,
    }));
    await this.personalData.record(work, 'WRITE', access, touchedOf(fee));
    return { id, version, state, per, grosze, openGrosze, reference, account, charges, currency: 'PLN' };
  }
}

/** A relief at discretion is for those who answer for the services. */
function assertMayGrant({ reliefsGranted = [] }: ReviseFee, { caller }: Access): void {
  const may = caller.roles.some((role) => role === 'director' || role === 'services-organiser');
  if (reliefsGranted.length > 0 && !may) throw new ReliefNotYours();
}

function noteOf(
  { from, reliefsGranted = [] }: ReviseFee,
  { steps }: Price,
  { caller }: Access,
  on: Day,
): AssessmentNote {
  return {
    from,
    on,
    by: caller.sub,
    steps,
    reliefsGranted: reliefsGranted.map(({ code, reason }) => ({ code, reason })),
  };
}

async function newReference({ query }: Work): Promise<string> {
  const [row] = await query<{ number: string }>("select nextval('fee_reference')::text as number");
  return rfOf((row?.number ?? '').padStart(10, '0'));
}

async function uniquely<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (isUniqueViolation(error, 'one_fee_per_item')) throw new FeeExists();
    throw isUniqueViolation(error, 'virtual_account_of_one_fee') ? new AccountTaken() : error;
  }
}
