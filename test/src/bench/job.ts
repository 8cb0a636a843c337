import { randomUUID } from 'node:crypto';
import { applicationSubmittedV1 } from '@okienko/contracts/cases/application-submitted.v1';
import { type CloudEvent, type DomainEvent, envelope, event, subjectOf } from '@okienko/contracts/event';
import { v7 as uuidv7 } from 'uuid';
import { EntitySchema } from 'typeorm';

/** The aggregate of the job that everyone does: a resident's application, one row. */
export class FiledApplication {
  constructor(
    readonly id: string,
    readonly applicant: string,
    readonly state: string,
    readonly version = 0,
  ) {}
}

export const filedApplicationMapping = new EntitySchema<FiledApplication>({
  name: 'FiledApplication',
  target: FiledApplication,
  tableName: 'filed_application',
  columns: {
    id: { type: 'uuid', primary: true },
    applicant: { type: 'uuid' },
    state: { type: 'text' },
    version: { type: 'int' },
  },
});

export const jobTables = [
  `create table filed_application (id uuid primary key, applicant uuid not null, state text not null, version int not null)`,
  `create table effect (event_id uuid primary key, application_id uuid not null, note text not null)`,
];

export const insertApplication =
  'insert into filed_application (id, applicant, state, version) values ($1, $2, $3, $4)';
export const insertEffect = 'insert into effect (event_id, application_id, note) values ($1, $2, $3)';

export const newApplication = (): FiledApplication => new FiledApplication(uuidv7(), randomUUID(), 'FILED');

export const submitted = (application: FiledApplication): DomainEvent =>
  event(applicationSubmittedV1, application.id, {
    personId: application.applicant,
    applicantRole: 'PERSON',
    channel: 'DESK',
    filedAt: '2026-03-02T08:15:00.000Z',
    items: Array.from({ length: 4 }, () => ({ itemId: randomUUID(), offerId: randomUUID() })),
  }) as DomainEvent;

export const subject = subjectOf(applicationSubmittedV1);
export const aggregateType = 'application';

/** The event as the unit of work would have stored it: about one kilobyte. */
export const storedEvent = (application: FiledApplication): CloudEvent =>
  envelope(submitted(application), 1, new Date(), {
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    correlationId: randomUUID(),
  });
