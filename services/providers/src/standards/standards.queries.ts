import type { Principal } from '@okienko/chassis/access';
import type { Page } from '@okienko/chassis/page';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ownOnly } from '../provider-account';
import { oneRow, pageOfRows } from '../rows.queries';
import { type Condition, equal, visibleTo } from '../where';
import type { ListStandards, NamedStandardsView, NamedStandardView, StandardView } from './standards.dto';

const select = `select id, version, offer_id as "offerId", state, case when law is null then 'CENTRE' else 'LAW' end as basis, law,
    criteria, drafted_by as "draftedBy", edition, approved_by as "approvedBy", first_day as "from",
    (select min(later.first_day) - 1 from standard later
     where later.offer_id = standard.offer_id and later.first_day > standard.first_day) as "to"
  from standard`;

const countsOn = `id = (select latest.id from standard latest
  where latest.offer_id = standard.offer_id and latest.first_day <= ? order by latest.first_day desc limit 1)`;

const performedBy = `offer_id in (select own.offer_id from (
    select provider_id, offer_id from capacity
    union all
    select a.provider_id, s.offer_id from agreement a join agreement_service s on s.agreement_id = a.id) own
  where own.provider_id = ?)`;

/** The centre sees all; a provider what is approved for services that it performs. */
@Injectable()
export class StandardQueries {
  constructor(private readonly dataSource: DataSource) {}

  list({ offerId, state, on, ...page }: ListStandards, caller: Principal): Promise<Page<StandardView>> {
    const asked: Condition[] = [equal('offer_id', offerId), equal('state', state), on ? [countsOn, on] : undefined];
    return pageOfRows(this.dataSource, select, [...asked, ...seenBy(caller)], page);
  }

  get(id: string, caller: Principal): Promise<StandardView> {
    return oneRow(this.dataSource, 'standard', select, [equal('id', id), ...seenBy(caller)]);
  }

  async named(agreementId: string, caller: Principal): Promise<NamedStandardsView> {
    const its = [equal('id', agreementId), visibleTo(caller, 'provider_id')];
    await oneRow(this.dataSource, 'agreement', 'select id from agreement', its);
    const items = await this.dataSource.query<NamedStandardView[]>(
      `select n.offer_id as "offerId", n.standard_id as "standardId", s.edition, s.first_day as "from"
       from agreement_standard n join standard s on s.id = n.standard_id where n.agreement_id = $1 order by n.offer_id`,
      [agreementId],
    );
    return { items };
  }
}

function seenBy(caller: Principal): Condition[] {
  const own = ownOnly(caller);
  return own === undefined ? [] : [equal('state', 'APPROVED'), [performedBy, own]];
}
