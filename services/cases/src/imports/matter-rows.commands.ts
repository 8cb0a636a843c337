import { Injectable } from '@nestjs/common';
import { type Day, dayOf, isDay } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { type Access, PersonalData } from '../access/personal-data';
import { Application } from '../applications/application';
import { ApplicationCommands } from '../applications/applications.commands';
import { FileApplication } from '../applications/applications.dto';
import { meetDeadline, tellOnce } from '../deadlines/deadlines';
import { placeOf } from '../programmes/places';
import { takePlace } from '../programmes/places.commands';
import { DayInTheFuture } from '../plans/plan-errors';
import { askedService } from '../qualifications/asked-service';
import { type Brought, created } from './brought';
import type { ImportedFrom } from './data-import';
import { RowRefused } from './import-errors';
import type { Cells } from './import-file';
import { ImportedGrant, ImportedItem } from './matter-rows.dto';
import { bodyOf, numberOf } from './row-body.dto';

/** Applications that are open still: filed as at the desk, on their own day, and qualified where a predecessor has qualified them. */
@Injectable()
export class MatterRows {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
    private readonly applications: ApplicationCommands,
  ) {}

  async file(
    { head, parts }: { readonly head: Cells; readonly parts: readonly Cells[] },
    personId: string,
    importedFrom: ImportedFrom,
    access: Access,
  ): Promise<Brought> {
    const items = parts.map((part) => bodyOf(ImportedItem, { ...part, ...numberOf(part['quantity']) }));
    const { id, items: filed } = await this.applications.file(filingOf(head, items, personId), access, importedFrom);
    const grants = parts.flatMap((part, index) =>
      items[index]?.state === 'QUALIFIED' ? [{ itemId: filed[index]?.id ?? '', ...grantOf(part) }] : [],
    );
    await this.work.run(async (work) => {
      const today = dayOf(this.clock.now());
      const application = await work.load(Application, id);
      for (const grant of grants) await this.qualify(work, application, grant, today);
      if (application.awaitsDecision) tellOnce(work, id, today);
      else meetDeadline(work, 'QUALIFICATION', id);
      if (grants.length > 0) await this.record(work, application, access);
    });
    return created(id);
  }

  /** The place counts here from now on; why and under which conditions it was granted was decided there. */
  private async qualify(work: Work, application: Application, grant: Grant, today: Day): Promise<void> {
    const { itemId, noticeNumber, qualifiedOn, grantedUntil } = grant;
    if (qualifiedOn > today) throw new DayInTheFuture();
    if (qualifiedOn < dayOf(application.filedAt)) throw new RowRefused('period-reversed', 'qualifiedOn');
    if (grantedUntil < today) throw new RowRefused('grant-over', 'grantedUntil');
    const { service, resident } = await askedService(work, this.personalData, application, itemId, today);
    if (grantedUntil > service.validTo) throw new RowRefused('period-reversed', 'grantedUntil');
    await takePlace(work, { ...placeOf(application, itemId), personId: resident.id });
    const { quantity } = application.item(itemId);
    const notice = { number: noticeNumber, qualifiedOn, grantedUntil, ...(quantity === undefined ? {} : { quantity }) };
    application.qualify(itemId, service.programmeVersion, notice);
    const told = application.qualified(itemId, qualifiedOn);
    await work.save(application, { ...told, data: { ...told.data, imported: true } });
  }

  private record(work: Work, { id, personId }: Application, access: Access): Promise<void> {
    return this.personalData.record(work, 'WRITE', access, { personId, fieldGroups: ['APPLICATION'], caseRef: id });
  }
}

type Grant = ImportedGrant & { readonly itemId: string };

const grantOf = ({ noticeNumber, qualifiedOn, grantedUntil }: Cells): ImportedGrant =>
  bodyOf(ImportedGrant, { noticeNumber, qualifiedOn, grantedUntil });

function filingOf(head: Cells, items: readonly ImportedItem[], personId: string): FileApplication {
  const { applicantRole, channel, filedAt = '', clauseVersion } = head;
  return bodyOf(FileApplication, {
    personId,
    applicantRole,
    channel,
    // A day begins here an hour before it does in Greenwich, and in summer two: of the two moments this one is never of the day before.
    filedAt: isDay(filedAt) ? `${filedAt}T00:00:00+01:00` : filedAt,
    statement: { clauseVersion, acknowledged: true },
    items: items.map(({ offerId, quantity }) => ({ offerId, ...(quantity === undefined ? {} : { quantity }) })),
  });
}
