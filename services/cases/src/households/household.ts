import type { Day } from '@okienko/contracts/calendar';
import { householdFormedV1 } from '@okienko/contracts/cases/household-formed.v1';
import { householdMemberJoinedV1 } from '@okienko/contracts/cases/household-member-joined.v1';
import { householdMemberLeftV1 } from '@okienko/contracts/cases/household-member-left.v1';
import { DomainError, NotFound } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { DayInTheFuture, PeriodReversed } from '../plans/plan-errors';

/** What somebody is to the member of reference. */
export const relations = [
  'REFERENCE',
  'SPOUSE',
  'PARTNER',
  'CHILD',
  'PARENT',
  'SIBLING',
  'GRANDPARENT',
  'GRANDCHILD',
  'FOSTER_CHILD',
  'OTHER_RELATIVE',
  'UNRELATED',
] as const;
export type Relation = (typeof relations)[number];

export interface Member {
  readonly personId: string;
  readonly relation: Relation;
  readonly from: Day;
  /** Last day; null while they belong to it. */
  readonly to: Day | null;
}
export type NewMember = Omit<Member, 'to'>;

export class InAnotherHousehold extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'in-another-household';
  constructor() {
    super(
      'The person belongs to a household on that day already. Record first that they have left it, and on which day.',
    );
  }
}

export class OneReference extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'one-reference';
  constructor() {
    super('A household has one member of reference, to whom the relations of the others are told.');
  }
}

/** People who live and keep house together, each from a day and perhaps to one. */
export class Household {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    public members: readonly Member[],
  ) {}

  static form(id: string, unit: string, members: readonly NewMember[], today: Day): Household {
    const household = new Household(id, 0, unit, []);
    for (const member of members) household.join(member, today);
    return household;
  }

  join({ personId, relation, from }: NewMember, today: Day): void {
    if (from > today) throw new DayInTheFuture();
    if (this.members.some((known) => known.personId === personId && (known.to === null || from <= known.to)))
      throw new InAnotherHousehold();
    if (relation === 'REFERENCE' && this.hasReference) throw new OneReference();
    this.members = [...this.members, { personId, relation, from, to: null }];
  }

  leave(personId: string, to: Day, today: Day): void {
    const leaving = this.members.find((member) => member.personId === personId && member.to === null);
    if (!leaving) throw new NotFound('present member of the household');
    if (to > today) throw new DayInTheFuture();
    if (to < leaving.from) throw new PeriodReversed('Nobody leaves a household before the day they joined it.');
    this.members = this.members.map((member) => (member === leaving ? { ...member, to } : member));
  }

  formed(): DomainEvent<typeof householdFormedV1> {
    return event(householdFormedV1, this.id, {
      members: this.members.map(({ personId, from }) => ({ personId, from })),
    });
  }

  memberJoined({ personId, from }: NewMember): DomainEvent<typeof householdMemberJoinedV1> {
    return event(householdMemberJoinedV1, this.id, { personId, from });
  }

  memberLeft(personId: string, to: Day): DomainEvent<typeof householdMemberLeftV1> {
    return event(householdMemberLeftV1, this.id, { personId, to });
  }

  /** When the member of reference has left, another may take their place. */
  private get hasReference(): boolean {
    return this.members.some(({ relation, to }) => relation === 'REFERENCE' && to === null);
  }
}
