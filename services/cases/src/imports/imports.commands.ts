import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import type { UploadedFile } from '@okienko/chassis/upload';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { type Access, PersonalData } from '../access/personal-data';
import { maySee, unitOf } from '../access/visibility';
import { DataImport } from './data-import';
import { linesOf } from './import-file';
import { claimsOf, groupsOf } from './import-groups';
import { type ImportRecord, recordsOf } from './import-records';
import { rowSealedFor } from './import-row';
import type { StartImport } from './imports.dto';

/** Of one file. */
export const mostBytes = 30 * 1024 * 1024;
/** Rows that go to the database at a time. */
const chunk = 2_000;

@Injectable()
export class ImportCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  /** Keeps the rows, each encrypted; what becomes of them is found out in the background. */
  async start(query: StartImport, upload: UploadedFile, access: Access): Promise<Changed> {
    const { kind, source } = query;
    const unit = query.unit ?? unitOf(access.caller);
    if (!maySee(access.caller, { unit })) throw new NotFound('unit');
    const content = await upload.read(mostBytes);
    const records = recordsOf(kind, await linesOf(kind, content));
    const sha256 = createHash('sha256').update(content).digest('hex');
    return this.work.run(async (work) => {
      const id = uuidv7();
      const { sub, roles } = access.caller;
      const file = { kind, source, dryRun: query.dryRun === 'true', sha256, rows: records.length };
      const starter = { sub, roles, purpose: access.purpose };
      const started = DataImport.start(id, unit, file, starter, this.clock.now());
      await work.save(started, started.started());
      const people = await personsFrom(work, source);
      const groups = groupsOf(records.map((record) => claimsOf(kind, record, (one) => people.get(one) ?? one)));
      const key = await this.personalData.newPerson(work, id);
      for (let from = 0; from < records.length; from += chunk)
        enter(work, key, id, records.slice(from, from + chunk), groups.slice(from));
      await this.personalData.record(work, 'WRITE', access, { personId: id, fieldGroups: ['IMPORT'] });
      return { id, version: started.version };
    });
  }
}

/** Whom that system's ids of persons stand for; of merged records the one that goes on. */
async function personsFrom({ query }: Work, source: string): Promise<Map<string, string>> {
  const rows = await query<{ externalId: string; id: string }>(
    `select i.external_id as "externalId", coalesce(p.merged_into, p.id) as id
     from imported i join person p on p.id = i.subject_id where i.source = $1 and i.kind = 'PERSONS'`,
    [source],
  );
  return new Map(rows.map(({ externalId, id }) => [externalId, id]));
}

function enter(work: Work, key: Buffer, id: string, records: readonly ImportRecord[], groups: readonly number[]): void {
  const isWhole = ({ fault }: ImportRecord): boolean => fault === null;
  work.send(
    `insert into import_row (import_id, row, group_no, external_id, content, outcome, code)
     select $1, row, group_no, external_id, content, outcome, code
     from unnest($2::int[], $3::int[], $4::text[], $5::bytea[], $6::text[], $7::text[])
       as told (row, group_no, external_id, content, outcome, code)`,
    [
      id,
      records.map(({ row }) => row),
      records.map((_, index) => groups[index]),
      records.map(({ externalId }) => externalId),
      records.map((record) => (isWhole(record) ? rowSealedFor(key, id, record.row).sealJson('content', record) : null)),
      records.map((record) => (isWhole(record) ? null : 'REFUSED')),
      records.map(({ fault }) => fault),
    ],
  );
}
