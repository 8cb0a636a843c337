import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { blindIndex } from '@okienko/privacy/blind-index';
import { KeyRing } from '@okienko/privacy/key-ring';
import { ExternalCaseCommands } from '../external-cases/external-cases.commands';
import { RegisterExternalCase } from '../external-cases/external-cases.dto';
import { type Brought, created } from './brought';
import { RowRefused } from './import-errors';
import type { Cells } from './import-file';
import type { ImportRecord } from './import-records';
import { MatterRows } from './matter-rows.commands';
import { PastMatterCommands } from './past-matters.commands';
import { RecordPastMatter } from './past-matters.dto';
import { PersonRows } from './person-rows.commands';
import { bodyOf } from './row-body.dto';
import { accessOf, type Running } from './running';

/** Brings one row in, by the acts that the desk has for it, once for each external id of a source. */
@Injectable()
export class ImportRows {
  constructor(
    private readonly work: UnitOfWork,
    private readonly ring: KeyRing,
    private readonly persons: PersonRows,
    private readonly matters: MatterRows,
    private readonly pastMatters: PastMatterCommands,
    private readonly externalCases: ExternalCaseCommands,
  ) {}

  async bring(running: Running, record: ImportRecord): Promise<Brought> {
    const { source, kind, id } = running;
    const digests = this.ring.blindIndexKeys.map(({ key }) => digestOf(key, record));
    const [known] = await this.query<{ subjectId: string; digest: Buffer }>(
      'select subject_id as "subjectId", digest from imported where source = $1 and kind = $2 and external_id = $3',
      [source, kind, record.externalId],
    );
    if (known && !digests.some((digest) => known.digest.equals(digest))) throw new RowRefused('changed-since');
    if (known) return { outcome: 'UNCHANGED', subjectId: known.subjectId };
    const brought = await this.take(running, record);
    await this.work.run(({ send }) =>
      send(enter, [source, kind, record.externalId, brought.subjectId, digests[0], id]),
    );
    return brought;
  }

  private async take(running: Running, record: ImportRecord): Promise<Brought> {
    const access = accessOf(running);
    const { source } = running;
    const importedFrom = { source, externalId: record.externalId ?? '' };
    const { personExternalId: _, externalId: __, ...told } = record.head;
    switch (running.kind) {
      case 'PERSONS':
        return this.persons.register(record, access);
      case 'HOUSEHOLDS':
        return this.persons.form(await this.withPersons(source, record.parts), access);
      case 'APPLICATIONS':
        return this.matters.file(record, await this.personOf(source, record.head), importedFrom, access);
      case 'HISTORY': {
        const body = bodyOf(RecordPastMatter, { ...told, personId: await this.personOf(source, record.head) });
        return created(await this.pastMatters.record(body, importedFrom, access));
      }
      case 'EXTERNAL_CASES': {
        const body = bodyOf(RegisterExternalCase, { ...told, personId: await this.personOf(source, record.head) });
        return created((await this.externalCases.register(body, access)).id);
      }
    }
  }

  private async withPersons(source: string, parts: readonly Cells[]): Promise<(Cells & { personId: string })[]> {
    const members = [];
    for (const part of parts) members.push({ ...part, personId: await this.personOf(source, part) });
    return members;
  }

  /** Of merged records the one that goes on. */
  private async personOf(source: string, { personExternalId }: Cells): Promise<string> {
    const [person] = await this.query<{ id: string }>(
      `select coalesce(p.merged_into, p.id) as id from imported i join person p on p.id = i.subject_id
       where i.source = $1 and i.kind = 'PERSONS' and i.external_id = $2`,
      [source, personExternalId ?? ''],
    );
    if (!person) throw new RowRefused('person-not-imported', 'personExternalId');
    return person.id;
  }

  private query<Row>(text: string, values: unknown[]): Promise<Row[]> {
    return this.work.run(({ query }) => query<Row>(text, values));
  }
}

/** Keyed: what a row says could be guessed through. */
const digestOf = (key: Buffer, { head, parts }: ImportRecord): Buffer =>
  blindIndex(key, 'import.row', JSON.stringify([head, parts]));

const enter = `
  insert into imported (source, kind, external_id, subject_id, digest, import_id) values ($1, $2, $3, $4, $5, $6)`;
