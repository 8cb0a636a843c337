import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import type { UploadedFile } from '@okienko/chassis/upload';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { inTransaction } from '@okienko/messaging/transaction';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { given, where } from '../access/conditions';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { SealedRow } from '../access/sealed-row';
import { visibleTo } from '../access/visibility';
import { AttachedFile, FileInfected, type Scan } from './attached-file';
import { assertAllowed, fileRulesOn } from './file-rules';
import { FileScan } from './file-scan';
import type { AttachFile, FileAttached } from './files.dto';
import { claim, letGo, noteLoose } from './loose-objects';
import { mediaTypeOf } from './media-type';
import { ObjectStore } from './object-store';

interface CaseFile {
  readonly unit: string;
  readonly terc: string;
  readonly personId: string;
}

/** Milliseconds from the storing of an object within which its file has to be kept. */
const patience = 60 * 60_000;

@Injectable()
export class FileCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
    private readonly store: ObjectStore,
    private readonly scanner: FileScan,
  ) {}

  /** What takes long, reading, scanning and storing, is done before the transaction that keeps the file. */
  async attach({ applicationId, category }: AttachFile, upload: UploadedFile, access: Access): Promise<FileAttached> {
    const now = this.clock.now();
    const { caseFile, key } = await this.caseFileOf(applicationId, access);
    const rules = fileRulesOn(dayOf(now));
    const { name } = upload;
    const content = await upload.read(rules.mostBytes);
    const mediaType = await mediaTypeOf(content);
    assertAllowed(rules, mediaType, name);
    const scan = await this.scan(content);
    if (scan === 'INFECTED') throw new FileInfected();
    const id = uuidv7();
    await this.work.dataSource.query(noteLoose, [id, new Date(now.getTime() + patience)]);
    const sealed = new SealedRow(key, 'attached_file', id).sealBytes('content', content);
    await this.store.put(id, sealed);
    return this.work.run(async (work) => {
      await claim(work, id);
      // Asked again: a person erased in the meantime has no key to seal anything under, and another since a rotation.
      const row = await this.personalData.row(work, caseFile.personId, 'attached_file', id);
      if (!row.isSealedAnew('content', sealed)) await this.store.put(id, row.sealBytes('content', content));
      const sealedName = row.seal('name', name);
      const attachment = { ...caseFile, applicationId, category, mediaType, bytes: content.length, name: sealedName };
      const file = AttachedFile.attach(id, attachment, scan, access.caller.sub, now);
      await work.save(file, file.attached());
      await this.personalData.record(work, 'WRITE', access, touched(caseFile.personId, applicationId));
      return { id, version: file.version, ...file.standing };
    });
  }

  remove(id: string, expectedVersion: number, reasonCode: string, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const now = this.clock.now();
      const file = await loadVisible(work, AttachedFile, id, access.caller, expectedVersion);
      const { state } = file.standing;
      file.remove(reasonCode, dayOf(now));
      if (state !== 'INFECTED') letGo(work, id, now);
      await work.save(file, file.removed(reasonCode));
      await this.personalData.record(work, 'WRITE', access, touched(file.personId, file.applicationId));
      return { id, version: file.version };
    });
  }

  private caseFileOf(applicationId: string, { caller }: Access): Promise<{ caseFile: CaseFile; key: Buffer }> {
    return inTransaction(this.work.dataSource, async (transaction) => {
      const { sql, values } = where(...given('id = ?', applicationId), ...visibleTo(caller));
      const select = `select unit, terc, person_id as "personId" from application ${sql}`;
      const [caseFile] = await transaction.query<CaseFile>(select, values);
      if (!caseFile) throw new NotFound('application');
      return { caseFile, key: await this.personalData.keyOf(transaction, caseFile.personId) };
    });
  }

  /** A scanner that is down stops nobody from handing something in; it only stays closed. */
  private async scan(content: Buffer): Promise<Scan> {
    try {
      return await this.scanner.verdictOn(content);
    } catch {
      return 'PENDING';
    }
  }
}

const touched = (personId: string, caseRef: string) => ({ personId, fieldGroups: ['FILE'], caseRef });
