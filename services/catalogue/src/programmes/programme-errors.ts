import type { Day } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';

/** A rule about the mandatory elements of a programme, art. 5(3). */
abstract class ElementBroken extends DomainError {
  readonly kind = 'rule-broken';
  override readonly basis: string;
  constructor(points: readonly number[], message: string) {
    super(message);
    this.basis = `art. 5 ust. 3 pkt ${points.join(', ')}`;
  }
}

export class ElementMissing extends ElementBroken {
  readonly code = 'programme-incomplete';
  constructor(points: readonly number[]) {
    super(points, 'The programme lacks mandatory elements. Draft it with all twelve, then have it adopted.');
  }
}

export class PeriodReversed extends ElementBroken {
  readonly code = 'period-reversed';
  constructor() {
    super([2], 'The programme would end before it begins. Give a validTo no earlier than validFrom.');
  }
}

export class ServiceRepeated extends ElementBroken {
  readonly code = 'service-repeated';
  constructor(serviceCode: string) {
    super([5], `The service ${serviceCode} is listed twice. Give each service a code of its own.`);
  }
}

export class BudgetForUnknownService extends ElementBroken {
  readonly code = 'budget-for-unknown-service';
  constructor(serviceCode: string) {
    super([12], `The budget names ${serviceCode}, which is no service of this programme.`);
  }
}

export class SharesNotWhole extends ElementBroken {
  readonly code = 'funding-shares-not-whole';
  constructor(year: number) {
    super([12], `The funding shares of a budget line of ${year} do not add up to exactly 100 percent.`);
  }
}

export class CriteriaFaulty extends ElementBroken {
  readonly code = 'criteria-faulty';
  constructor(serviceCode: string, faults: readonly string[]) {
    super([6], `The criteria of ${serviceCode} cannot be evaluated: ${faults.slice(0, 5).join('; ')}.`);
  }
}

export class PrioritiesFaulty extends ElementBroken {
  readonly code = 'priorities-faulty';
  constructor(serviceCode: string, faults: readonly string[]) {
    super([6], `The priorities of ${serviceCode} cannot be evaluated: ${faults.slice(0, 5).join('; ')}.`);
  }
}

export class FeeFaulty extends ElementBroken {
  readonly code = 'fee-faulty';
  constructor(of: string, faults: readonly string[]) {
    super([7], `The fee of ${of} cannot be evaluated: ${faults.slice(0, 5).join('; ')}.`);
  }
}

export class CategoryUnknown extends ElementBroken {
  readonly code = 'data-category-unknown';
  constructor(categories: readonly string[]) {
    super([9], `On the day of adoption there is no such category of data: ${categories.slice(0, 5).join(', ')}.`);
  }
}

export class OutsideDataScope extends ElementBroken {
  readonly code = 'outside-data-scope';
  constructor(asked: readonly { readonly category: string; readonly by: string }[]) {
    const places = asked.slice(0, 10).map(({ category, by }) => `${category} (${by})`);
    super(
      [9],
      `The programme asks for data that its scope does not list: ${places.join(', ')}. List them, or do not ask.`,
    );
  }
}

export class EndsBeforeItBegins extends ElementBroken {
  readonly code = 'ends-before-it-begins';
  constructor(inForceFrom: Day, validTo: Day) {
    super(
      [2],
      `This edition would enter into force on ${inForceFrom}, but its last day is ${validTo}. Check the days, or withdraw it.`,
    );
  }
}

export class OutsideItsPeriod extends ElementBroken {
  readonly code = 'outside-programme-period';
  constructor(from: Day, to: Day) {
    super([2], `The programme is valid from ${from} to ${to}, and the day of this act does not fit that.`);
  }
}

export class NotYetHappened extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'not-yet-happened';
  constructor(day: Day) {
    super(`${day} is still to come. Record the act once it has happened.`);
  }
}

export class DaysReversed extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'days-reversed';
  constructor(earlier: Day, later: Day) {
    super(`${later} comes before ${earlier}. Check the days.`);
  }
}

export class AmendmentPending extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'amendment-pending';
  constructor(programmeVersion: number) {
    super(`Edition ${programmeVersion} is in preparation already. Finish it, or withdraw it first.`);
  }
}

export class NoAmendment extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'no-amendment';
  constructor() {
    super('No amendment of this programme is in preparation.');
  }
}

export class PeriodMoved extends ElementBroken {
  readonly code = 'period-moved';
  constructor(terc: string, validFrom: Day) {
    super([2], `An amendment keeps the gmina (${terc}) and the first day (${validFrom}) of the programme.`);
  }
}
