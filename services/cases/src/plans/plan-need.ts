import { addDays, addMonths, type Day } from '@okienko/contracts/calendar';
import { planNeedOverriddenV1 } from '@okienko/contracts/cases/plan-need-overridden.v1';
import { type DomainEvent, event } from '@okienko/contracts/event';

export const needs = ['REQUIRED', 'OPTIONAL', 'NOT_NEEDED'] as const;
export type Need = (typeof needs)[number];

/** A programme service that the person is to have, and for how long. */
export interface PlannedService {
  readonly itemId: string;
  readonly from: Day;
  readonly to: Day;
}

/**
 * Art. 38(2): services that have to be coordinated and last so many months need a plan. Two that overlap have to be coordinated; for a
 * single one the qualification is enough.
 */
export function needOf(services: readonly PlannedService[], months: number): Need {
  if (services.length < 2) return 'NOT_NEEDED';
  const coordinated = services.some((one, index) =>
    services.slice(index + 1).some((other) => overlap(one, other) && lastFor(months, one, other)),
  );
  return coordinated ? 'REQUIRED' : 'OPTIONAL';
}

const overlap = (one: PlannedService, other: PlannedService): boolean => one.from <= other.to && other.from <= one.to;

function lastFor(months: number, one: PlannedService, other: PlannedService): boolean {
  const [first, last] = [one.from < other.from ? one.from : other.from, one.to > other.to ? one.to : other.to];
  return addMonths(first, months) <= addDays(last, 1);
}

export interface Override {
  readonly need: Need;
  readonly reasonCode: string;
  /** Ciphertext. */
  readonly reason: Buffer;
}

/** What the coordinator says of the need of a plan against the rule. */
export class PlanNeed {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly terc: string,
    readonly applicationId: string,
    readonly personId: string,
    private need: Need,
    private reasonCode: string,
    public reason: Buffer,
    public overriddenBy: string,
    public overriddenOn: Day,
  ) {}

  static of(
    id: string,
    application: { readonly id: string; readonly unit: string; readonly terc: string; readonly personId: string },
    { need, reasonCode, reason }: Override,
    by: string,
    today: Day,
  ): PlanNeed {
    const { unit, terc, personId } = application;
    return new PlanNeed(id, 0, unit, terc, application.id, personId, need, reasonCode, reason, by, today);
  }

  overrideAgain({ need, reasonCode, reason }: Override, by: string, today: Day): void {
    this.need = need;
    this.reasonCode = reasonCode;
    this.reason = reason;
    this.overriddenBy = by;
    this.overriddenOn = today;
  }

  overridden(): DomainEvent<typeof planNeedOverriddenV1> {
    const { personId, applicationId, need, reasonCode } = this;
    return event(planNeedOverriddenV1, this.id, { personId, applicationId, need, reasonCode }, this.terc);
  }
}
