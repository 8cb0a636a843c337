import { Injectable } from '@nestjs/common';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import type { GivenIdentifier } from './identifier';
import { Person } from './person';
import { assertMayMerge, assertMayReverse, type MergeObstacles, SameRecord } from './person-merge';
import type { MergePerson, PersonMergeChanged, ReverseMerge } from './person-merges.dto';

interface Pair {
  readonly survivor: Person;
  readonly duplicate: Person;
}

/** Two records of one person: one goes on, the other stays as it is and points to it. */
@Injectable()
export class PersonMergeCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  merge(id: string, version: number, command: MergePerson, access: Access): Promise<PersonMergeChanged> {
    const { duplicateId, duplicateVersion, evidence } = command;
    if (id === duplicateId) throw new SameRecord();
    return this.work.run(async (work) => {
      const pair = await lockedPair(work, id, duplicateId, access, version, duplicateVersion);
      const { survivor, duplicate } = pair;
      duplicate.mergeInto(survivor);
      assertMayMerge(
        await obstaclesTo(work, pair),
        await this.identifierOf(work, survivor),
        await this.identifierOf(work, duplicate),
      );
      const movedIdentifier = survivor.identifier === null ? duplicate.identifierIndex : null;
      if (movedIdentifier) await this.moveIdentifier(work, duplicate, survivor);
      const movedPlaces = await movePlaces(work, 'person_id = $1', [duplicateId, id]);
      const mergeId = uuidv7();
      const reason = (await this.personalData.row(work, id, 'person_merge', mergeId)).seal('reason', command.reason);
      // First the duplicate, so that the identifier is free when the survivor takes it.
      await work.save(duplicate, duplicate.merged(id, duplicateId, evidence));
      await work.save(survivor, survivor.merged(id, duplicateId, evidence));
      const act = [mergeId, id, duplicateId, this.clock.now(), access.caller.sub, evidence, reason];
      const moved = [movedIdentifier, movedPlaces, await applicationsOf(work, pair)];
      work.send(
        `insert into person_merge (id, survivor_id, duplicate_id, merged_at, merged_by, evidence, reason, moved_identifier, moved_places, applications)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9::uuid[], $10)`,
        [...act, ...moved],
      );
      return this.logged(work, pair, access);
    });
  }

  reverse(id: string, version: number, command: ReverseMerge, access: Access): Promise<PersonMergeChanged> {
    const { duplicateId } = command;
    if (id === duplicateId) throw new SameRecord();
    return this.work.run(async (work) => {
      const pair = await lockedPair(work, id, duplicateId, access, version);
      const { survivor, duplicate } = pair;
      const [merge] = await work.query<Merge>(
        `select id, moved_identifier as "movedIdentifier", applications from person_merge
         where survivor_id = $1 and duplicate_id = $2 and reversed_at is null`,
        [id, duplicateId],
      );
      assertMayReverse(merge, { applications: await applicationsOf(work, pair) });
      duplicate.separate();
      // A survivor whose identifier has been corrected since keeps it.
      const isStillThere = merge.movedIdentifier !== null && survivor.identifierIndex?.equals(merge.movedIdentifier);
      if (isStillThere) await this.moveIdentifier(work, survivor, duplicate);
      await movePlaces(work, `item_id in (${itemsOfApplications})`, [duplicateId, duplicateId]);
      const row = await this.personalData.row(work, id, 'person_merge', merge.id);
      const reason = row.seal('reversal_reason', command.reason);
      await work.save(survivor, survivor.mergeReversed(id, duplicateId));
      await work.save(duplicate, duplicate.mergeReversed(id, duplicateId));
      work.send('update person_merge set reversed_at = $2, reversed_by = $3, reversal_reason = $4 where id = $1', [
        merge.id,
        this.clock.now(),
        access.caller.sub,
        reason,
      ]);
      return this.logged(work, pair, access);
    });
  }

  private async identifierOf(work: Work, { id, identifier }: Person): Promise<GivenIdentifier | undefined> {
    if (identifier === null) return undefined;
    return (await this.personalData.row(work, id, 'person', id)).openJson('identifier', identifier);
  }

  /** Sealed anew, under the key of the one who has it now. */
  private async moveIdentifier(work: Work, from: Person, to: Person): Promise<void> {
    const identifier = await this.identifierOf(work, from);
    if (!identifier) return;
    const row = await this.personalData.row(work, to.id, 'person', to.id);
    to.identifyBy(row.sealJson('identifier', identifier), from.identifierIndex);
    from.identifyBy(null, null);
    work.send(`update person_match set person_id = $2 where person_id = $1 and kind = 'IDENTIFIER'`, [from.id, to.id]);
  }

  private async logged(work: Work, { survivor, duplicate }: Pair, access: Access): Promise<PersonMergeChanged> {
    const touched = [survivor.id, duplicate.id].map(
      (personId) => ({ act: 'WRITE', personId, fieldGroups: ['IDENTITY'] }) as const,
    );
    await this.personalData.recordAll(work, access, touched);
    const { id, version } = survivor;
    return { id, version, duplicateId: duplicate.id, duplicateVersion: duplicate.version };
  }
}

interface Merge {
  readonly id: string;
  readonly movedIdentifier: Buffer | null;
  readonly applications: number;
}

/** Locked in the order of their ids, whichever of them is to go on: two who merge crosswise do so one after the other. */
async function lockedPair(
  work: Work,
  id: string,
  duplicateId: string,
  { caller }: Access,
  version: number,
  duplicateVersion?: number,
): Promise<Pair> {
  const load = {
    [id]: () => loadVisible(work, Person, id, caller, version),
    [duplicateId]: () => loadVisible(work, Person, duplicateId, caller, duplicateVersion),
  };
  for (const one of [id, duplicateId].sort()) await load[one]?.();
  return { survivor: await work.load(Person, id), duplicate: await work.load(Person, duplicateId) };
}

async function obstaclesTo({ query }: Work, { survivor, duplicate }: Pair): Promise<MergeObstacles> {
  const [found] = await query<Omit<MergeObstacles, 'deathDiffers'>>(
    `select exists (select from person where merged_into = $2) as "duplicateHasDuplicates",
       exists (select from service_place one join service_place other using (programme_id, service_code)
               where one.person_id = $1 and one.released_at is null and one.ended_at is null
                 and other.person_id = $2 and other.released_at is null and other.ended_at is null) as "bothHoldAPlace",
       exists (select from household_member one join household_member other on other.household_id <> one.household_id
               where one.person_id = $1 and one.to_day is null
                 and other.person_id = $2 and other.to_day is null) as "bothInHouseholds"`,
    [survivor.id, duplicate.id],
  );
  const deathDiffers = (survivor.death === null) !== (duplicate.death === null);
  return { duplicateHasDuplicates: false, bothHoldAPlace: false, bothInHouseholds: false, ...found, deathDiffers };
}

const itemsOfApplications = `select (item ->> 'id')::uuid from application cross join jsonb_array_elements(items) item
  where person_id = $1`;

/** Places follow the person, so that nobody holds two of one service under two records. `$2` is who holds them now. */
async function movePlaces({ query }: Work, which: string, values: [string, string]): Promise<string[]> {
  const moved = await query<{ id: string }>(
    `update service_place set person_id = $2 where ${which} returning item_id as id`,
    values,
  );
  return moved.map(({ id }) => id);
}

async function applicationsOf({ query }: Work, { survivor, duplicate }: Pair): Promise<number> {
  const [{ count } = { count: 0 }] = await query<{ count: number }>(
    'select count(*)::int as count from application where person_id in ($1, $2)',
    [survivor.id, duplicate.id],
  );
  return count;
}
