import { Controller } from '@nestjs/common';
import { type ApplicationAppealedV1, applicationAppealedV1 } from '@okienko/contracts/cases/application-appealed.v1';
import {
  type ApplicationDiscontinuedV1,
  applicationDiscontinuedV1,
} from '@okienko/contracts/cases/application-discontinued.v1';
import { type ApplicationForwardedV1, applicationForwardedV1 } from '@okienko/contracts/cases/application-forwarded.v1';
import {
  type ApplicationLeftUnexaminedV1,
  applicationLeftUnexaminedV1,
} from '@okienko/contracts/cases/application-left-unexamined.v1';
import { type ApplicationQualifiedV1, applicationQualifiedV1 } from '@okienko/contracts/cases/application-qualified.v1';
import {
  type ApplicationRefusalPendingV1,
  applicationRefusalPendingV1,
} from '@okienko/contracts/cases/application-refusal-pending.v1';
import { type ApplicationRefusedV1, applicationRefusedV1 } from '@okienko/contracts/cases/application-refused.v1';
import { type ApplicationReopenedV1, applicationReopenedV1 } from '@okienko/contracts/cases/application-reopened.v1';
import { type ApplicationSubmittedV1, applicationSubmittedV1 } from '@okienko/contracts/cases/application-submitted.v1';
import {
  type ApplicationWaitlistedV1,
  applicationWaitlistedV1,
} from '@okienko/contracts/cases/application-waitlisted.v1';
import { type ApplicationWithdrawnV1, applicationWithdrawnV1 } from '@okienko/contracts/cases/application-withdrawn.v1';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import type { CloudEvent } from '@okienko/contracts/event';
import { On } from '@okienko/messaging/on';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';

type Outcome =
  | 'SUBMITTED'
  | 'WAITLISTED'
  | 'QUALIFIED'
  | 'REFUSAL_PENDING'
  | 'REFUSED'
  | 'APPEALED'
  | 'LEFT_UNEXAMINED'
  | 'FORWARDED'
  | 'WITHDRAWN'
  | 'DISCONTINUED';

interface Item {
  readonly itemId: string;
  readonly offerId?: string;
}

/**
 * What became of each requested service: who waits for an offer, and how many were taken. A row stays when the waiting is over, so that an
 * event that comes again does not put anybody back into the queue.
 */
@Controller()
export class ApplicationConsumer {
  constructor(private readonly work: UnitOfWork) {}

  /** Also when the items are known already: only what no other event tells is filled in. */
  @On(applicationSubmittedV1)
  submitted({ subject, sequence, time, gmina, data }: CloudEvent<ApplicationSubmittedV1>): Promise<void> {
    return this.work.run(({ send }) => {
      send(
        `insert into application_item_copy as i (item_id, application_id, offer_id, gmina, state, filed_on, sequence, as_of)
         select item, $1, offer, $2, 'SUBMITTED', $3, $4, $5 from unnest($6::uuid[], $7::uuid[]) as told (item, offer)
         on conflict (item_id) do update set offer_id = excluded.offer_id, gmina = excluded.gmina, filed_on = excluded.filed_on`,
        [
          subject,
          gmina ?? null,
          dayOf(new Date(data.filedAt)),
          Number(sequence),
          time,
          data.items.map(({ itemId }) => itemId),
          data.items.map(({ offerId }) => offerId),
        ],
      );
      if (data.needReportId !== undefined)
        send('insert into need_report_application values ($1, $2) on conflict do nothing', [
          subject,
          data.needReportId,
        ]);
    });
  }

  @On(applicationWaitlistedV1)
  waitlisted(event: CloudEvent<ApplicationWaitlistedV1>): Promise<void> {
    return this.became('WAITLISTED', event, dayOf(new Date(event.time)));
  }

  @On(applicationQualifiedV1)
  qualified(event: CloudEvent<ApplicationQualifiedV1>): Promise<void> {
    return this.became('QUALIFIED', event, event.data.qualifiedOn, event.data.personId);
  }

  @On(applicationRefusalPendingV1)
  refusalPending(event: CloudEvent<ApplicationRefusalPendingV1>): Promise<void> {
    return this.became('REFUSAL_PENDING', event, dayOf(new Date(event.time)));
  }

  @On(applicationRefusedV1)
  refused(event: CloudEvent<ApplicationRefusedV1>): Promise<void> {
    return this.became('REFUSED', event, dayOf(new Date(event.time)));
  }

  /** It stays refused until the decision is gone. */
  @On(applicationAppealedV1)
  appealed(event: CloudEvent<ApplicationAppealedV1>): Promise<void> {
    return this.became('APPEALED', event, dayOf(new Date(event.time)));
  }

  /** As if nothing had been decided: it neither waits nor is it settled. */
  @On(applicationReopenedV1)
  reopened(event: CloudEvent<ApplicationReopenedV1>): Promise<void> {
    return this.became('SUBMITTED', event, dayOf(new Date(event.time)));
  }

  @On(applicationLeftUnexaminedV1)
  leftUnexamined(event: CloudEvent<ApplicationLeftUnexaminedV1>): Promise<void> {
    return this.became('LEFT_UNEXAMINED', event, dayOf(new Date(event.time)));
  }

  @On(applicationForwardedV1)
  forwarded(event: CloudEvent<ApplicationForwardedV1>): Promise<void> {
    return this.became('FORWARDED', event, dayOf(new Date(event.time)));
  }

  @On(applicationWithdrawnV1)
  withdrawn(event: CloudEvent<ApplicationWithdrawnV1>): Promise<void> {
    return this.became('WITHDRAWN', event, dayOf(new Date(event.time)));
  }

  @On(applicationDiscontinuedV1)
  discontinued(event: CloudEvent<ApplicationDiscontinuedV1>): Promise<void> {
    return this.became('DISCONTINUED', event, dayOf(new Date(event.time)));
  }

  private became(
    state: Outcome,
    { subject, sequence, time, gmina, data: { itemId, offerId } }: CloudEvent<Item>,
    on: Day,
    personId?: string,
  ): Promise<void> {
    const waitlistedOn = state === 'WAITLISTED' ? on : null;
    const settledOn = state === 'WAITLISTED' || state === 'SUBMITTED' ? null : on;
    return this.work.run(({ send }) => {
      send(
        `insert into application_item_copy as i
           (item_id, application_id, offer_id, gmina, state, person_id, waitlisted_on, settled_on, sequence, as_of)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (item_id) do update set
           offer_id = coalesce(excluded.offer_id, i.offer_id), state = excluded.state,
           person_id = coalesce(excluded.person_id, i.person_id),
           waitlisted_on = case excluded.state when 'SUBMITTED' then null
             else coalesce(i.waitlisted_on, excluded.waitlisted_on) end,
           settled_on = case when excluded.state in ('SUBMITTED', 'QUALIFIED') then excluded.settled_on
             else coalesce(i.settled_on, excluded.settled_on) end,
           sequence = excluded.sequence, as_of = excluded.as_of
         where i.sequence < excluded.sequence`,
        [
          itemId,
          subject,
          offerId ?? null,
          gmina ?? null,
          state,
          personId ?? null,
          waitlistedOn,
          settledOn,
          Number(sequence),
          time,
        ],
      );
    });
  }
}
