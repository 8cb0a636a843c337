import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import type { Application } from '../applications/application';
import { startQualification } from '../qualifications/qualification-clock';
import { lockList } from './lock-list';
import { offerFreePlaces } from './place-offers';

interface Queue {
  readonly programmeId: string;
  readonly serviceCode: string;
}

/**
 * Offers places that are free without anybody having given one back, as when a new edition raises the limit, and calls for decisions on
 * those for whom none will come any more. What is due is in the rows themselves, so downtime only makes it late. It is no part of the copy
 * of programmes, which is made anew from their events alone.
 */
@Injectable()
export class WaitingListWorker extends Background {
  protected readonly name = 'waiting-list';
  protected override readonly lookEvery = 2_000;

  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {
    super();
  }

  protected async keep(): Promise<boolean> {
    const today = dayOf(this.clock.now());
    const { dataSource } = this.work;
    await this.each(await dataSource.query<Queue[]>(withFreePlaces, [today]), (queue) => this.offer(queue));
    await this.each(await dataSource.query<{ id: string }[]>(strandedEntries, [today]), ({ id }) =>
      this.callForDecision(id),
    );
    return false;
  }

  private offer(queue: Queue): Promise<number> {
    return this.work.run(async (work) => {
      await lockList(work, queue);
      return offerFreePlaces(work, queue, dayOf(this.clock.now()));
    });
  }

  private callForDecision(entryId: string): Promise<void> {
    return this.work.run(async (work) => {
      const [application] = await work.query<Pick<Application, 'id' | 'personId' | 'unit' | 'terc' | 'coordinator'>>(
        `select a.id, a.person_id as "personId", a.unit, a.terc, a.coordinator
         from waiting_list_entry e join application a on a.id = e.application_id
         where e.id = $1 and e.decide_by is null for update of e`,
        [entryId],
      );
      if (!application) return;
      const decideBy = await startQualification(work, application, dayOf(this.clock.now()));
      work.send('update waiting_list_entry set decide_by = $2 where id = $1', [entryId, decideBy]);
    });
  }
}

const withFreePlaces = `
  select s.programme_id as "programmeId", s.service_code as "serviceCode"
  from programme_service s join programme p on p.id = s.programme_id and p.programme_version = s.programme_version
  where s.taken < s.expected_persons and p.ended_on is null and $1::date between p.valid_from and p.valid_to
    and exists (select from waiting_list_entry e
                where e.programme_id = s.programme_id and e.service_code = s.service_code and e.offered_on is null)`;

// Their programme has ended, or no longer lists the service.
const strandedEntries = `
  select e.id from waiting_list_entry e
  join programme_service s on s.programme_id = e.programme_id and s.service_code = e.service_code
  join programme p on p.id = e.programme_id
  where e.decide_by is null and (p.ended_on is not null or p.valid_to < $1::date or s.programme_version < p.programme_version)
  order by e.id limit 100`;
