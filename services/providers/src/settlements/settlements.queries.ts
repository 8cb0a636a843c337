import type { Principal } from '@okienko/chassis/access';
import { cursorNumber, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ownOnly } from '../provider-account';
import { oneRow, pageOfRows } from '../rows.queries';
import { equal, visibleTo, where } from '../where';
import type {
  DrawDownView,
  ListSettlementLines,
  ListSettlements,
  SettlementLineView,
  SettlementView,
} from './settlements.dto';

const select = `select id, version, agreement_id as "agreementId", provider_id as "providerId", to_char(month, 'YYYY-MM') as month, state,
  totals->'grosze' as grosze, 'PLN' as currency, totals->'lines' as lines, totals->'unpriced' as unpriced,
  totals->'offers' as offers, totals->'funding' as funding, costs, document, totals->>'digest' as digest,
  acts->>'submittedBy' as "submittedBy", acts->>'checkedBy' as "checkedBy", acts->>'approvedBy' as "approvedBy",
  acts->>'returnReason' as "returnReason", acts->>'paidOn' as "paidOn" from settlement`;

const selectLines = `select l.no, l.rule, l.day, l.day < s.month as late, l.offer_id as "offerId", l.unit, l.quantity,
  l.price_grosze::float8 as "priceGrosze", l.part, l.whole, l.grosze::float8 as grosze, l.delivery_id as "deliveryId",
  l.outcome, l.corrects, l.category from settlement_line l join settlement s on s.id = l.settlement_id`;

/** Lines that are read at a time when all of them are wanted. */
const atOnce = 2_000;

const drawDown = `
  select a.id as "agreementId", a.ceiling_grosze::float8 as "ceilingGrosze", u.ordered_grosze::float8 as "orderedGrosze",
    u.delivered_grosze::float8 as "deliveredGrosze", u.invoiced_grosze::float8 as "invoicedGrosze",
    u.approved_grosze::float8 as "approvedGrosze", u.paid_grosze::float8 as "paidGrosze"
  from agreement a join agreement_use u on u.agreement_id = a.id`;

@Injectable()
export class SettlementQueries {
  constructor(private readonly dataSource: DataSource) {}

  get(id: string, caller: Principal): Promise<SettlementView> {
    return oneRow(this.dataSource, 'settlement', select, [equal('id', id), visibleTo(caller, 'provider_id')]);
  }

  list({ agreementId, month, state, ...page }: ListSettlements, caller: Principal): Promise<Page<SettlementView>> {
    const conditions = [
      equal('agreement_id', agreementId),
      equal('month', month && `${month}-01`),
      equal('state', state),
      visibleTo(caller, 'provider_id'),
    ];
    return pageOfRows(this.dataSource, select, conditions, page);
  }

  async lines(id: string, query: ListSettlementLines, caller: Principal): Promise<Page<SettlementLineView>> {
    const { rule, limit = defaultLimit } = query;
    const after = cursorNumber(query.after) ?? 0;
    await this.get(id, caller);
    return pageOf(await this.linesAfter(id, after, limit + 1, rule), limit, ({ no }) => [String(no)]);
  }

  /** All lines in their order, some at a time, so that a hundred thousand of them need no more room than those. */
  async *everyLine(id: string): AsyncGenerator<SettlementLineView[]> {
    for (let after = 0; ;) {
      const lines = await this.linesAfter(id, after, atOnce);
      const last = lines.at(-1);
      if (!last) return;
      yield lines;
      after = last.no;
    }
  }

  async drawDown(agreementId: string, caller: Principal): Promise<DrawDownView> {
    const own = ownOnly(caller);
    const { text, values } = where([equal('a.id', agreementId), equal('a.provider_id', own)]);
    const [row] = await this.dataSource.query<DrawDownView[]>(`${drawDown} ${text}`, values);
    if (!row) throw new NotFound('agreement');
    return row;
  }

  private linesAfter(id: string, after: number, limit: number, rule?: string): Promise<SettlementLineView[]> {
    const { text, values } = where([equal('l.settlement_id', id), ['l.no > ?', after], equal('l.rule', rule)]);
    return this.dataSource.query(`${selectLines} ${text} order by l.no limit $${values.length + 1}`, [
      ...values,
      limit,
    ]);
  }
}
