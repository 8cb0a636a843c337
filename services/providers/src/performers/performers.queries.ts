import type { Principal } from '@okienko/chassis/access';
import type { Page } from '@okienko/chassis/page';
import { inTransaction } from '@okienko/messaging/transaction';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Access, PersonalData } from '../access/personal-data';
import { oneRow, pageOfRows } from '../rows.queries';
import { equal, visibleTo } from '../where';
import type { ListPerformers, PerformerSummary, PerformerView, ProofView } from './performers.dto';

const columns =
  'id, version, provider_id as "providerId", kind, first_day as "from", left_on as "leftOn", erased_on as "erasedOn"';

@Injectable()
export class PerformerQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  list({ providerId, kind, ...page }: ListPerformers, caller: Principal): Promise<Page<PerformerSummary>> {
    const asked = [equal('provider_id', providerId), equal('kind', kind), visibleTo(caller, 'provider_id')];
    return pageOfRows(this.dataSource, `select ${columns} from performer`, asked, page);
  }

  get(id: string, access: Access): Promise<PerformerView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { name, ...performer } = await oneRow<PerformerSummary & { name: Buffer }>(
        transaction,
        'performer',
        `select ${columns}, name from performer`,
        [equal('id', id), visibleTo(access.caller, 'provider_id')],
      );
      const row = await this.personalData.row(transaction, 'performer', id);
      const sealed = await transaction.query<SealedProof>(selectProofs, [id]);
      const proofs = sealed.map(({ document, ...proof }) => ({
        ...proof,
        document: document && row.beside('performer_proof', proof.id).open('document', document),
      }));
      await this.personalData.record(transaction, 'READ', access, ['IDENTITY', 'QUALIFICATIONS'], [id]);
      return { ...performer, name: row.open('name', name), proofs };
    });
  }
}

type SealedProof = Omit<ProofView, 'document'> & { readonly document: Buffer | null };

const selectProofs = `
  select id, kind, code, allocation_id as "allocationId", first_day as "from", last_day as "to", evidence_code as "evidenceCode",
         document, recorded_by as "recordedBy", recorded_on as "recordedOn", withdrawn_on as "withdrawnOn"
  from performer_proof where performer_id = $1 order by id`;
