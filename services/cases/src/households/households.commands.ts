import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { unitOf } from '../access/visibility';
import { recordsOf, residentFor } from '../persons/standing';
import { Household, InAnotherHousehold, type NewMember } from './household';

@Injectable()
export class HouseholdCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  form(members: readonly NewMember[], access: Access): Promise<Changed> {
    return this.once(async (work) => {
      const household = Household.form(uuidv7(), unitOf(access.caller), members, this.today());
      for (const member of inOrder(members)) await admit(work, household.id, member, access);
      await work.save(household, household.formed());
      for (const member of members) enter(work, household.id, member);
      return this.logged(work, household, members, access);
    });
  }

  join(id: string, expectedVersion: number, member: NewMember, access: Access): Promise<Changed> {
    return this.once(async (work) => {
      const household = await loadVisible(work, Household, id, access.caller, expectedVersion);
      household.join(member, this.today());
      await admit(work, id, member, access);
      await work.save(household, household.memberJoined(member));
      enter(work, id, member);
      return this.logged(work, household, [member], access);
    });
  }

  leave(id: string, expectedVersion: number, personId: string, to: Day, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const household = await loadVisible(work, Household, id, access.caller, expectedVersion);
      household.leave(personId, to, this.today());
      await work.save(household, household.memberLeft(personId, to));
      work.send(
        'update household_member set to_day = $3 where household_id = $1 and person_id = $2 and to_day is null',
        [id, personId, to],
      );
      return this.logged(work, household, [{ personId }], access);
    });
  }

  private today(): Day {
    return dayOf(this.clock.now());
  }

  private async once<T>(act: (work: Work) => Promise<T>): Promise<T> {
    try {
      return await this.work.run(act);
    } catch (error) {
      throw isUniqueViolation(error, 'one_household_at_a_time') ? new InAnotherHousehold() : error;
    }
  }

  private async logged(
    work: Work,
    { id, version }: Household,
    members: readonly { readonly personId: string }[],
    access: Access,
  ): Promise<Changed> {
    const touched = members.map(
      ({ personId }) => ({ act: 'WRITE', personId, fieldGroups: ['HOUSEHOLD'], caseRef: id }) as const,
    );
    await this.personalData.recordAll(work, access, touched);
    return { id, version };
  }
}

const inOrder = (members: readonly NewMember[]): NewMember[] =>
  members.toSorted((one, other) => (one.personId < other.personId ? -1 : 1));

/** A person whom the caller may see, alive, and in no other household on that day or later, under whichever of their records. */
async function admit(work: Work, id: string, { personId, from }: NewMember, access: Access): Promise<void> {
  await residentFor(work, personId, access);
  const [elsewhere] = await work.query(
    `select household_id from household_member
     where person_id in (${recordsOf.replace('?', '$1')}) and household_id <> $2 and (to_day is null or to_day >= $3::date) limit 1`,
    [personId, id, from],
  );
  if (elsewhere) throw new InAnotherHousehold();
}

function enter({ send }: Work, id: string, { personId, from }: NewMember): void {
  send('insert into household_member (household_id, person_id, from_day) values ($1, $2, $3)', [id, personId, from]);
}
