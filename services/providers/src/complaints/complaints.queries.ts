import type { Principal } from '@okienko/chassis/access';
import type { Page } from '@okienko/chassis/page';
import { inTransaction } from '@okienko/messaging/transaction';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { assertCentre } from '../access/centre-only';
import { type Access, PersonalData } from '../access/personal-data';
import { oneRow, pageOfRows } from '../rows.queries';
import { equal, visibleTo } from '../where';
import type {
  ComplaintSummary,
  ComplaintView,
  ListComplaints,
  ListPositionRequests,
  PositionRequestView,
} from './complaints.dto';

const summary = `id, version, provider_id as "providerId", offer_id as "offerId", channel, received_on as "receivedOn",
  due_on as "dueOn", pass_on_by as "passOnBy", state, handler, outcome, closed_on as "closedOn"`;

const whole = `select ${summary}, order_id as "orderId", anonymous, person_id as "personId", words, extensions,
    position_code as "positionCode", position_asked_on as "positionAskedOn", position_due_on as "positionDueOn",
    position_given_on as "positionGivenOn", position_words as position, answer, passed_on_to as "passedOnTo",
    closed_by as "closedBy"
  from complaint`;

const positions = `select id, version, provider_id as "providerId", position_code as code, position_asked_on as "askedOn",
    position_due_on as "dueOn", position_given_on as "givenOn"
  from (select * from complaint where position_code is not null) as asked`;

type Sealed = Omit<ComplaintView, 'words' | 'position' | 'answer'> & {
  readonly words: Buffer;
  readonly position: Buffer | null;
  readonly answer: Buffer | null;
};

@Injectable()
export class ComplaintQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  async list(query: ListComplaints, caller: Principal): Promise<Page<ComplaintSummary>> {
    assertCentre(caller);
    const { providerId, offerId, state, ...page } = query;
    const asked = [equal('provider_id', providerId), equal('offer_id', offerId), equal('state', state)];
    return pageOfRows(this.dataSource, `select ${summary} from complaint`, asked, page);
  }

  async get(id: string, access: Access): Promise<ComplaintView> {
    assertCentre(access.caller);
    return inTransaction(this.dataSource, async (transaction) => {
      const found = await oneRow<Sealed>(transaction, 'complaint', whole, [equal('id', id)]);
      const { words, position, answer, personId, ...complaint } = found;
      const row = await this.personalData.row(transaction, 'complaint', id);
      const about = personId === null ? [id] : [id, personId];
      await this.personalData.record(transaction, 'READ', access, ['COMPLAINT'], about);
      return {
        ...complaint,
        personId,
        words: row.open('words', words),
        position: position && row.open('position_words', position),
        answer: answer && row.open('answer', answer),
      };
    });
  }

  listPositions({ providerId, ...page }: ListPositionRequests, caller: Principal): Promise<Page<PositionRequestView>> {
    const asked = [equal('provider_id', providerId), visibleTo(caller, 'provider_id')];
    return pageOfRows(this.dataSource, positions, asked, page);
  }

  getPosition(id: string, caller: Principal): Promise<PositionRequestView> {
    return oneRow(this.dataSource, 'complaint', positions, [equal('id', id), visibleTo(caller, 'provider_id')]);
  }
}
