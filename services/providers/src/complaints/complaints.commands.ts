import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import type { DomainEvent } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import type { Erasure } from '@okienko/privacy/erasures';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { assertCentre } from '../access/centre-only';
import { type Access, PersonalData } from '../access/personal-data';
import type { SealedRow } from '../access/sealed-row';
import { assertKnownOffers } from '../offers/known-offers';
import { Complaint } from './complaint';
import { OrderOfAnother } from './complaint-errors';
import { erase, eraseComplaints } from './erase';
import type { AnswerComplaint, AskPosition, ExtendComplaint, ReceiveComplaint } from './complaints.dto';

@Injectable()
export class ComplaintCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  receive({ words, ...body }: ReceiveComplaint, access: Access): Promise<Changed> {
    assertCentre(access.caller);
    return this.work.run(async (work) => {
      const { orderId = null, personId = null } = body;
      const offerId = await offerOf(work, body);
      const id = uuidv7();
      const row = await this.personalData.newRow(work, 'complaint', id);
      const reception = { ...body, offerId, orderId, personId, words: row.seal('words', words) };
      const complaint = Complaint.receive(id, reception, this.today);
      await work.save(complaint, complaint.received());
      return this.logged(work, complaint, access);
    });
  }

  examine(id: string, version: number, access: Access): Promise<Changed> {
    return this.change(id, version, access, (complaint) => complaint.examine(access.caller.sub, this.today));
  }

  extend(id: string, version: number, { dueOn, reasonCode }: ExtendComplaint, access: Access): Promise<Changed> {
    return this.change(id, version, access, (complaint) => complaint.extend(dueOn, reasonCode, this.today));
  }

  askPosition(id: string, version: number, { code, dueOn }: AskPosition, access: Access): Promise<Changed> {
    return this.change(id, version, access, (complaint) => complaint.askPosition(code, dueOn, this.today));
  }

  answer(id: string, version: number, { outcome, words }: AnswerComplaint, access: Access): Promise<Changed> {
    return this.change(id, version, access, (complaint, row) =>
      complaint.reply(outcome, row.seal('answer', words), access.caller.sub, this.today),
    );
  }

  passOn(id: string, version: number, to: string, access: Access): Promise<Changed> {
    return this.change(id, version, access, (complaint) => complaint.passOn(to, access.caller.sub, this.today));
  }

  withdraw(id: string, version: number, access: Access): Promise<Changed> {
    return this.change(id, version, access, (complaint) => complaint.withdraw(access.caller.sub, this.today));
  }

  erase(erasure: Erasure): Promise<void> {
    return this.work.run((work) => erase(work, [erasure]));
  }

  /** Of persons erased before their complaints were closed. */
  eraseClosed(): Promise<number> {
    return this.work.run(eraseComplaints);
  }

  /** Tells what is overdue; answers whether there may be more. Replicas pass over each other's complaints. */
  tellOverdue(): Promise<boolean> {
    return this.work.run(async ({ query, load, save }) => {
      const due = await query<{ id: string }>(toTell, [this.today, batch]);
      for (const { id } of due) {
        const complaint = await load(Complaint, id);
        const told = complaint.tellOverdue(this.today);
        if (told) await save(complaint, told);
      }
      return due.length === batch;
    });
  }

  private change(
    id: string,
    version: number,
    access: Access,
    act: (complaint: Complaint, row: SealedRow) => DomainEvent,
  ): Promise<Changed> {
    assertCentre(access.caller);
    return this.work.run(async (work) => {
      const complaint = await work.load(Complaint, id, version);
      const row = await this.personalData.row(work, 'complaint', id);
      await work.save(complaint, act(complaint, row));
      return this.logged(work, complaint, access);
    });
  }

  private async logged(work: Work, { id, version, personId }: Complaint, access: Access): Promise<Changed> {
    await this.personalData.record(work, 'WRITE', access, ['COMPLAINT'], personId === null ? [id] : [id, personId]);
    return { id, version };
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }
}

/** Complaints a transaction. */
const batch = 50;

// Index `complaint_to_tell`.
const toTell = `
  select id from complaint
  where state in ('RECEIVED', 'UNDER_EXAMINATION') and not overdue_told and due_on < $1::date
  order by due_on, id limit $2 for update skip locked`;

/** The service that a complaint is about: that of the order where it names one. */
async function offerOf(
  work: Work,
  { providerId, offerId, orderId }: Omit<ReceiveComplaint, 'words'>,
): Promise<string | null> {
  const [provider] = await work.query('select 1 from provider where id = $1', [providerId]);
  if (!provider) throw new NotFound('provider');
  if (orderId !== undefined) {
    const [order] = await work.query<{ offerId: string }>(
      'select offer_id as "offerId" from service_order where id = $1 and provider_id = $2',
      [orderId, providerId],
    );
    if (!order || (offerId !== undefined && offerId !== order.offerId)) throw new OrderOfAnother();
    return order.offerId;
  }
  if (offerId === undefined) return null;
  await assertKnownOffers(work, [offerId], () => '/offerId');
  return offerId;
}
