import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorId, cursorValues, defaultLimit, type Page, type PageQuery, pageOf } from '@okienko/chassis/page';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { maySee, visibleTo } from '../access/visibility';
import { ofPerson } from '../persons/standing';
import { type Accounted, balanceOf } from './balance';
import { type FeeDecision, stateOfDecision } from './fee-decision';
import { feeTermsOn } from './fee-terms';
import type { FeeWords } from './fee-words';
import type { BalanceView, FeeRow, FeeView } from './fee-views.dto';
import type { ListFees } from './fees.dto';

@Injectable()
export class FeeQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  /** With the way to its amounts, which tells of the person’s income. */
  get(id: string, access: Access): Promise<FeeView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('id = ?', id), ...visibleTo(access.caller));
      const [found] = await transaction.query<Whole>(
        `select ${columns}, due_days as "dueDays", rates, decisions, words from fee ${sql}`,
        values,
      );
      if (!found) throw new NotFound('fee');
      const { words: sealed, decisions, payments, charges, rates, ...rest } = found;
      const { personId, applicationId: caseRef } = found;
      const row = await this.personalData.row(transaction, personId, 'fee', id);
      const { assessments, waivers, decisions: reasons } = row.openJson<FeeWords>('words', sealed);
      await this.personalData.record(transaction, 'READ', access, { personId, fieldGroups: ['FEE'], caseRef });
      return {
        ...rest,
        balance: balanceOf([found]),
        rates,
        charges,
        payments,
        decisions: decisions.map((decision) => ({
          ...decision,
          state: stateOfDecision(decision),
          reasons: reasons[decision.id] ?? '',
        })),
        assessments,
        waivers,
        roundings: feeTermsOn(this.today).roundings,
      } as FeeView;
    });
  }

  /** Ids, codes and amounts; how they came about and whose they are is another question, and that one is logged. */
  async list(
    { applicationId, personId, state, after, limit = defaultLimit }: ListFees,
    caller: Principal,
  ): Promise<Page<FeeRow>> {
    const { sql, values } = where(
      ...given('application_id = ?', applicationId),
      ...ofPerson('person_id', personId),
      ...given('state = ?', state),
      ...given('id > ?', cursorId(after)),
      ...visibleTo(caller),
    );
    const text = `select ${columns} from fee ${sql} order by id limit $${values.length + 1}`;
    return pageOf(await this.rows(text, [...values, limit + 1]), limit, ({ id }) => [id]);
  }

  /** Longest overdue first. */
  async overdue({ after, limit = defaultLimit }: PageQuery, caller: Principal): Promise<Page<FeeRow>> {
    const last = cursorValues(after, ['day', 'uuid']);
    const { sql, values } = where(
      { sql: 'overdue_since is not null', values: [] },
      ...(last ? [{ sql: '(overdue_since, id) > (?::date, ?::uuid)', values: last }] : []),
      ...visibleTo(caller),
    );
    const text = `select ${columns} from fee ${sql} order by overdue_since, id limit $${values.length + 1}`;
    return pageOf(await this.rows(text, [...values, limit + 1]), limit, (row) => [row.overdueSince as Day, row.id]);
  }

  /** Over all fees of a person that the caller may see. */
  balance(personId: string, access: Access): Promise<BalanceView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const [person] = await transaction.query<{ unit: string }>('select unit from person where id = $1', [personId]);
      if (!person || !maySee(access.caller, { ...person, personId })) throw new NotFound('person');
      const { sql, values } = where(...ofPerson('person_id', personId), ...visibleTo(access.caller));
      const fees = await transaction.query<Accounted>(`select charges, payments from fee ${sql}`, values);
      await this.personalData.record(transaction, 'READ', access, { personId, fieldGroups: ['FEE'] });
      return balanceOf(fees);
    });
  }

  private async rows(text: string, values: unknown[]): Promise<FeeRow[]> {
    const found = await this.dataSource.query<(Omit<FeeRow, 'balance'> & Accounted)[]>(text, values);
    return found.map(({ charges, payments, ...row }) => ({ ...row, balance: balanceOf([{ charges, payments }]) }));
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }
}

type Whole = Omit<FeeView, 'balance' | 'decisions' | 'charges' | 'payments'> &
  Accounted & { readonly words: Buffer; readonly decisions: readonly FeeDecision[] };

const columns = `id, version, unit, application_id as "applicationId", item_id as "itemId", person_id as "personId",
  service_code as "serviceCode", programme_version as "programmeVersion", state, per, period_from as "from", period_to as "to",
  reference, account, due_on as "dueOn", overdue_since as "overdueSince", charges, payments`;
