import { Injectable } from '@nestjs/common';
import { dayOf } from '@okienko/contracts/calendar';
import { assess } from '@okienko/contracts/fees/assess';
import { Clock } from '@okienko/messaging/clock';
import { currentContext, withContext } from '@okienko/messaging/context';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { assertCentre } from '../access/centre-only';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { Application } from '../applications/application';
import { basisOf, type FeeBasis } from './fee-basis';
import { feeTermsOn } from './fee-terms';
import type { FeeTrialView } from './fee-views.dto';
import type { TryFee } from './fees.dto';
import { instalmentsOf } from './instalments';
import { missingIn } from './price';

/** What somebody would pay, step by step. */
@Injectable()
export class FeeTrials {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  /** Nothing of it is kept, not even as the answer to a repeated request: its steps tell of the person’s income. */
  try(applicationId: string, itemId: string, body: TryFee, access: Access): Promise<FeeTrialView> {
    assertCentre(access.caller);
    const { idempotency: _, ...context } = currentContext();
    return withContext(context, () =>
      this.work.run(async (work) => {
        const application = await loadVisible(work, Application, applicationId, access.caller);
        const basis = await basisOf(work, this.personalData, application, itemId, body);
        await this.personalData.record(work, 'READ', access, {
          personId: application.personId,
          fieldGroups: ['FEE'],
          caseRef: applicationId,
        });
        return trialOf(basis, body, dayOf(this.clock.now()));
      }),
    );
  }
}

function trialOf({ fee, facts }: FeeBasis, { from, to }: TryFee, today: string): FeeTrialView {
  const assessment = assess(fee, facts);
  const { amount, per, outcome, steps, total } = assessment;
  const isKnown = outcome === 'KNOWN' && amount !== undefined && per !== undefined;
  const rates = [{ from, grosze: amount?.mostGrosze ?? 0 }];
  return {
    outcome,
    per: per ?? null,
    amount: amount ?? null,
    total: total ?? null,
    instalments: isKnown ? instalmentsOf(per, rates, { from, to }, [], today) : [],
    missing: isKnown ? [] : missingIn(fee, facts, assessment),
    steps: [...steps],
    roundings: [...feeTermsOn(today).roundings],
    currency: 'PLN',
  };
}
