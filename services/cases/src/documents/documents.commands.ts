import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { htmlOf } from '@okienko/printing/html';
import { pdfOf } from '@okienko/printing/pdf';
import { v7 as uuidv7 } from 'uuid';
import { assertCentre } from '../access/centre-only';
import { type Access, PersonalData } from '../access/personal-data';
import { SealedRow } from '../access/sealed-row';
import { CasesConfig } from '../config';
import type { Contact } from '../persons/person-contact';
import type { Frame } from './document-facts';
import { subjects } from './document-subjects';
import { type DocumentForm, loadTemplate, type TemplateEdition, templateOn } from './document-templates';
import type { IssueDocument } from './documents.dto';
import { dayInWords } from './in-words';
import { IssuedDocument, type Rendering } from './issued-document';
import type { Told } from './told';

@Injectable()
export class DocumentCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
    private readonly config: CasesConfig,
  ) {}

  /** Prints the subject as it is at this moment, and keeps what was printed for ever. */
  issue(command: IssueDocument, access: Access): Promise<Changed> {
    assertCentre(access.caller);
    return this.work.run(async (work) => {
      const now = this.clock.now();
      const { kind, signatory } = command;
      const told = await this.tell(work, command, access);
      const { personId, applicationId } = told.subject;
      const edition = templateOn(told.template, dayOf(now));
      const addressee = await this.addresseeOf(work, personId);
      const form = command.form ?? addressee.wishes;
      const rendering = await render(edition, form, this.frame(addressee.name, command, now), told, now);
      const id = uuidv7();
      const row = await this.personalData.row(work, personId, 'issued_document', id);
      const sealed = {
        particulars: row.sealJson('particulars', { form, template: told.template, signatory }),
        pdf: row.sealBytes('pdf', rendering.pdf),
        html: row.sealBytes('html', rendering.html),
      };
      const document = IssuedDocument.issue(
        id,
        kind,
        told.subject,
        edition.version,
        rendering,
        sealed,
        access.caller.sub,
        now,
      );
      await work.save(document, document.issued());
      const fieldGroups = ['DOCUMENT', 'IDENTITY', 'CONTACT', ...told.fieldGroups];
      await this.personalData.record(work, 'WRITE', access, { personId, fieldGroups, caseRef: applicationId });
      return { id, version: document.version };
    });
  }

  private tell(work: Work, { kind, subjectId, planVersion, performers }: IssueDocument, access: Access): Promise<Told> {
    const { DECIDING_AUTHORITY: authority, APPEAL_BODY: appealBody } = this.config;
    return subjects[kind]({
      work,
      personalData: this.personalData,
      access,
      subjectId,
      planVersion,
      performers: new Map((performers ?? []).map(({ providerId, name }) => [providerId, name])),
      office: { authority, appealBody },
    });
  }

  /** What every document says: from whom, when, to whom, signed by whom. */
  private frame(addressee: string, { address, signatory: { name, position } }: IssueDocument, now: Date): Frame {
    const { CENTRE_NAME, CENTRE_ADDRESS } = this.config;
    return {
      centre: { name: CENTRE_NAME, ...(CENTRE_ADDRESS ? { address: CENTRE_ADDRESS } : {}) },
      issuedOn: dayInWords(dayOf(now)),
      addressee: { name: addressee, ...(address ? { address } : {}) },
      signatory: { name, position },
    };
  }

  /** Who reads it, and in which form they wish to be written to. */
  private async addresseeOf(work: Work, personId: string): Promise<{ name: string; wishes: DocumentForm }> {
    const [person] = await work.query<{ givenName: Buffer; familyName: Buffer; contact: Buffer | null }>(
      `select given_name as "givenName", family_name as "familyName", contact
       from person left join person_contact using (id) where id = $1`,
      [personId],
    );
    if (!person) throw new Error(`person ${personId} of a case is not there`);
    const key = await this.personalData.keyOf(work, personId);
    const row = new SealedRow(key, 'person', personId);
    const contact =
      person.contact && new SealedRow(key, 'person_contact', personId).openJson<Contact>('contact', person.contact);
    return {
      name: `${row.open('given_name', person.givenName)} ${row.open('family_name', person.familyName)}`,
      wishes: contact?.form === 'ETR' ? 'ETR' : 'STANDARD',
    };
  }
}

async function render(
  edition: TemplateEdition,
  form: DocumentForm,
  frame: Frame,
  { facts }: Told,
  now: Date,
): Promise<Rendering> {
  const template = await loadTemplate(edition, form);
  const printed = template.print({ ...frame, ...facts });
  return { pdf: await pdfOf(printed, now), html: Buffer.from(htmlOf(printed)) };
}
