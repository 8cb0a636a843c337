import type { Principal } from '@okienko/chassis/access';
import type { Page } from '@okienko/chassis/page';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { assertCentre } from '../access/centre-only';
import { isProviderAccount } from '../provider-account';
import { oneRow, pageOfRows } from '../rows.queries';
import { type Condition, equal, visibleTo } from '../where';
import { checklistOf } from './checklist.queries';
import type { ChecklistView, FindingView, InspectionView, ListFindings, ListInspections } from './inspections.dto';

const inspections = `select id, version, provider_id as "providerId", agreement_id as "agreementId", offers, announced,
    planned_on as "plannedOn", state, carried_out_on as "carriedOutOn", inspectors, results, report,
    reported_on as "reportedOn", cancel_reason as "cancelReason"
  from inspection`;

const findings = `select id, version, inspection_id as "inspectionId", provider_id as "providerId", offer_id as "offerId",
    criterion, severity, description, due_on as "dueOn", state, remedy, reported_on as "reportedOn", judged_on as "judgedOn"
  from finding`;

@Injectable()
export class InspectionQueries {
  constructor(private readonly dataSource: DataSource) {}

  list({ providerId, state, ...page }: ListInspections, caller: Principal): Promise<Page<InspectionView>> {
    const asked = [equal('provider_id', providerId), equal('state', state), ...seenBy(caller)];
    return pageOfRows(this.dataSource, inspections, asked, page);
  }

  get(id: string, caller: Principal): Promise<InspectionView> {
    return oneRow(this.dataSource, 'inspection', inspections, [equal('id', id), ...seenBy(caller)]);
  }

  async checklist(id: string, day: string | undefined, caller: Principal): Promise<ChecklistView> {
    assertCentre(caller);
    const inspection = await this.get(id, caller);
    const on = day ?? inspection.plannedOn;
    const query = <Row>(text: string, values: unknown[]): Promise<Row[]> => this.dataSource.query(text, values);
    return { on, items: await checklistOf(query, inspection, on) };
  }

  listFindings(query: ListFindings, caller: Principal): Promise<Page<FindingView>> {
    const { providerId, inspectionId, state, ...page } = query;
    const asked = [
      equal('provider_id', providerId),
      equal('inspection_id', inspectionId),
      equal('state', state),
      visibleTo(caller, 'provider_id'),
    ];
    return pageOfRows(this.dataSource, findings, asked, page);
  }

  getFinding(id: string, caller: Principal): Promise<FindingView> {
    return oneRow(this.dataSource, 'finding', findings, [equal('id', id), visibleTo(caller, 'provider_id')]);
  }
}

/** Of an inspection that is not announced its provider learns once it has taken place, and never of one that was cancelled. */
const seenBy = (caller: Principal): Condition[] => [
  visibleTo(caller, 'provider_id'),
  isProviderAccount(caller) ? ['(announced or state = any (?))', ['CARRIED_OUT', 'REPORTED']] : undefined,
];
