import { Injectable } from '@nestjs/common';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import type { ListPayments, PaymentRow, PaymentView } from './payments.dto';

/** Payments come to the centre’s account, so they belong to no unit. */
@Injectable()
export class PaymentQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  async list({ result, after, limit = defaultLimit }: ListPayments): Promise<Page<PaymentRow>> {
    const { sql, values } = where(...given('result = ?', result), ...given('id > ?', cursorId(after)));
    const text = `select ${columns} from payment_line ${sql} order by id limit $${values.length + 1}`;
    return pageOf(await this.dataSource.query<PaymentRow[]>(text, [...values, limit + 1]), limit, ({ id }) => [id]);
  }

  /** With what the payer wrote, while a clerk has to find the fee. */
  get(id: string, access: Access): Promise<PaymentView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const [found] = await transaction.query<Omit<PaymentView, keyof Written> & { details: Buffer | null }>(
        `select ${columns}, details, (select reason_code from payment_dismissal d where d.id = payment_line.id) as "dismissedFor"
         from payment_line where id = $1`,
        [id],
      );
      if (!found) throw new NotFound('payment');
      const { details, ...row } = found;
      if (!details) return { ...row, title: null, payerAccount: null };
      const words = (await this.personalData.row(transaction, id, 'payment_line', id)).openJson<Written>(
        'details',
        details,
      );
      await this.personalData.record(transaction, 'READ', access, { personId: id, fieldGroups: ['PAYMENT'] });
      return { ...row, ...words };
    });
  }
}

type Written = Pick<PaymentView, 'title' | 'payerAccount'>;

const columns = `id, source, booked_on as "bookedOn", grosze, bank_reference as "bankReference", result, fee_id as "feeId",
  recorded_at as "recordedAt"`;
