import type { Day } from '@okienko/contracts/calendar';
import { communityPlanAdoptedV1 } from '@okienko/contracts/catalogue/community-plan-adopted.v1';
import { communityPlanClosedV1 } from '@okienko/contracts/catalogue/community-plan-closed.v1';
import { communityPlanDraftedV1 } from '@okienko/contracts/catalogue/community-plan-drafted.v1';
import { communityPlanRevisedV1 } from '@okienko/contracts/catalogue/community-plan-revised.v1';
import { communityPlanUpdatedV1 } from '@okienko/contracts/catalogue/community-plan-updated.v1';
import { communityPlanWithdrawnV1 } from '@okienko/contracts/catalogue/community-plan-withdrawn.v1';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DataOf, type DomainEvent, event, type EventContract } from '@okienko/contracts/event';
import type { Localised } from '../localised';
import { DaysReversed, NotYetHappened } from '../programmes/programme-errors';
import { assertNoneSmall } from '../small-figure';
import { termsOn } from '../terms/statutory-terms';
import { assertComplete, assertConsistent, type CommunityPlanContent } from './community-plan-content';

export const communityPlanStates = ['DRAFT', 'ADOPTED', 'CLOSED', 'WITHDRAWN'] as const;
export type CommunityPlanState = (typeof communityPlanStates)[number];

const nextStates: Record<CommunityPlanState, readonly CommunityPlanState[]> = {
  DRAFT: ['ADOPTED', 'WITHDRAWN'],
  ADOPTED: ['CLOSED'],
  CLOSED: [],
  WITHDRAWN: [],
};

/** What has come of a plan. */
export interface Evaluation {
  readonly closedOn: Day;
  readonly summary: Localised;
  readonly results: readonly {
    readonly activityCode: string;
    /** How many took part; no smaller than the smallest figure, or nobody at all. */
    readonly participants?: number;
    readonly outcome: Localised;
  }[];
}

export interface CommunityPlanActs {
  readonly adoptedOn?: Day;
  /** The last time that it was updated. */
  readonly updatedOn?: Day;
  readonly evaluation?: Evaluation;
}

export class DiagnosisNotAdopted extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'diagnosis-not-adopted';
  override readonly basis = 'art. 20';
  constructor() {
    super('The diagnosis on which it rests is not adopted. Name one that is, or none in the first year (art. 76).');
  }
}

export class AnotherPlan extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'another-community-plan';
  constructor() {
    super('An update keeps the gminas and the first day of an adopted plan. Close this one, and draft another.');
  }
}

export class UnknownActivity extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'unknown-activity';
  constructor(activityCode: string) {
    super(`${activityCode} is no activity of this plan, or is evaluated twice. Evaluate each of its activities once.`);
  }
}

/** The plan of organising the local community (art. 20), by which the community organiser works (art. 32). */
export class CommunityPlan {
  private constructor(
    readonly id: string,
    readonly version: number,
    private state: CommunityPlanState,
    private content: CommunityPlanContent,
    private acts: CommunityPlanActs,
  ) {}

  static draft(id: string, content: CommunityPlanContent): CommunityPlan {
    assertConsistent(content);
    return new CommunityPlan(id, 0, 'DRAFT', content, {});
  }

  get diagnosisId(): string | undefined {
    return this.content.diagnosisId;
  }

  drafted(): DomainEvent<typeof communityPlanDraftedV1> {
    return this.tell(communityPlanDraftedV1, this.frame);
  }

  revise(content: CommunityPlanContent): DomainEvent<typeof communityPlanRevisedV1> {
    if (this.state !== 'DRAFT') throw new NotInState('community plan', 'revised', this.state);
    assertConsistent(content);
    this.content = content;
    return this.tell(communityPlanRevisedV1, this.frame);
  }

  /** `restsOnAdopted` says whether the diagnosis that it names is adopted; true when it names none. */
  adopt(adoptedOn: Day, restsOnAdopted: boolean, today: Day): DomainEvent<typeof communityPlanAdoptedV1> {
    this.moveTo('ADOPTED', 'adopted');
    assertComplete(this.content);
    if (!restsOnAdopted) throw new DiagnosisNotAdopted();
    if (adoptedOn > today) throw new NotYetHappened(adoptedOn);
    this.acts = { adoptedOn };
    return this.tell(communityPlanAdoptedV1, this.whole);
  }

  /** On a material change. What has been done by it already stays its own: the gminas and the first day. */
  update(
    content: CommunityPlanContent,
    restsOnAdopted: boolean,
    today: Day,
  ): DomainEvent<typeof communityPlanUpdatedV1> {
    if (this.state !== 'ADOPTED') throw new NotInState('community plan', 'updated', this.state);
    assertConsistent(content);
    assertComplete(content);
    if (!restsOnAdopted) throw new DiagnosisNotAdopted();
    const { gminas, from } = this.content;
    if (content.from !== from || content.gminas.join() !== gminas.join()) throw new AnotherPlan();
    this.content = content;
    this.acts = { ...this.acts, updatedOn: today };
    return this.tell(communityPlanUpdatedV1, this.whole);
  }

  close(evaluation: Evaluation, today: Day): DomainEvent<typeof communityPlanClosedV1> {
    const { closedOn, results } = evaluation;
    this.moveTo('CLOSED', 'closed');
    const { adoptedOn = this.content.from } = this.acts;
    if (closedOn > today) throw new NotYetHappened(closedOn);
    if (closedOn < adoptedOn) throw new DaysReversed(adoptedOn, closedOn);
    const unevaluated = new Set(this.content.activities.map(({ activityCode }) => activityCode));
    for (const { activityCode } of results)
      if (!unevaluated.delete(activityCode)) throw new UnknownActivity(activityCode);
    assertNoneSmall(
      results.map(({ participants = 0 }) => participants),
      termsOn(closedOn).smallestFigure,
    );
    this.acts = { ...this.acts, evaluation };
    return this.tell(communityPlanClosedV1, { closedOn });
  }

  withdraw(reasonCode: string): DomainEvent<typeof communityPlanWithdrawnV1> {
    this.moveTo('WITHDRAWN', 'withdrawn');
    return this.tell(communityPlanWithdrawnV1, { reasonCode });
  }

  private get frame(): DataOf<typeof communityPlanDraftedV1> {
    const { gminas, from, to } = this.content;
    return { gminas: [...gminas], from, to };
  }

  private get whole(): DataOf<typeof communityPlanAdoptedV1> {
    const activities = this.content.activities.map(({ activityCode, kind, terc, areas }) => ({
      activityCode,
      kind,
      terc,
      areas: [...areas],
    }));
    return { ...this.frame, activities };
  }

  /** An event of one gmina says so; one of several lists them. */
  private tell<C extends EventContract>(contract: C, data: DataOf<C>): DomainEvent<C> {
    const { gminas } = this.content;
    return event(contract, this.id, data, gminas.length === 1 ? gminas[0] : undefined);
  }

  private moveTo(next: CommunityPlanState, act: string): void {
    if (!nextStates[this.state].includes(next)) throw new NotInState('community plan', act, this.state);
    this.state = next;
  }
}
