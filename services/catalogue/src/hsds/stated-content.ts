import type { CentreProgramme } from '../service-offers/service-offer-content';
import type { HsdsService } from './hsds';
import { weekdays } from './plain-values';
import { evidenceTerm } from './profile';
import { RecordReader } from './record-reader';

/** As much of an offer as a record states; unchecked, for the rules of an offer are checked on the whole. */
export type StatedContent = Record<string, unknown>;

/** A service without what only the profile says. */
export type PlainService = Omit<HsdsService, 'attributes'>;

/** What an HSDS service says of an offer in fields of HSDS alone. */
export const plainContentOf = (service: PlainService): StatedContent =>
  statedContent(new RecordReader(service as unknown as Record<string, unknown>));

export function statedContent(record: RecordReader): StatedContent {
  const localised = (text: string | undefined) => (text === undefined ? undefined : { pl: text });
  const [location] = record.parts('service_at_locations').map((part) => part.part('location'));
  const name = record.text('name');
  const requiredDocuments = record.parts('required_documents').flatMap((part) => {
    const document = part.text('document');
    return document === undefined || evidenceCode(part) !== undefined ? [] : [document];
  });
  return without({
    name: localised(name),
    description: localised(record.text('description') ?? name),
    targetGroup: localised(record.text('eligibility_description')),
    place: localised(location?.text('name')),
    terc: record.parts('service_areas').flatMap((area) => {
      const code = area.text('extent');
      return area.text('extent_type') === 'TERC' && code !== undefined ? [code] : [];
    })[0],
    ages: without({ from: record.number('minimum_age'), to: record.number('maximum_age') }),
    languages: record.parts('languages').flatMap((part) => part.text('code') ?? []),
    openingHours: record.parts('schedules').flatMap(openingHours),
    contact: without({
      phone: record.parts('phones').flatMap((phone) => phone.text('number') ?? [])[0],
      email: record.text('email'),
      url: record.text('url'),
    }),
    details: without({
      fundingSource: record.parts('funding').flatMap((part) => part.text('source') ?? [])[0],
      requiredDocuments,
    }),
  });
}

/** The programme under which another centre grants the service, with the documents that it asks for. */
export function statedProgramme(record: RecordReader): CentreProgramme | undefined {
  const program = record.part('program');
  const [id, name, aim] = [program.text('id'), program.text('name'), program.text('description')];
  if (id === undefined || name === undefined || aim === undefined) return undefined;
  const evidence = record.parts('required_documents').flatMap((part) => {
    const [code, document] = [evidenceCode(part), part.text('document')];
    return code === undefined || document === undefined ? [] : [{ code, name: document }];
  });
  return { id, name, aim, evidence };
}

const evidenceCode = (document: RecordReader): string | undefined =>
  document
    .parts('attributes')
    .find((attribute) => attribute.part('taxonomy_term').text('id') === evidenceTerm.id)
    ?.text('value');

const time = /^([01]\d|2[0-3]):[0-5]\d/;

/** What makes hours a series of its own, or of some weeks only. An offer knows the hours of every week alone. */
const limited = ['valid_to', 'until', 'count', 'byweekno', 'bymonthday', 'byyearday'];

function openingHours(schedule: RecordReader): object[] {
  const days = (schedule.text('byday') ?? '').split(',').map((day) => weekdays.indexOf(day.trim()) + 1);
  const [opens] = time.exec(schedule.text('opens_at') ?? '') ?? [];
  const [closes] = time.exec(schedule.text('closes_at') ?? '') ?? [];
  const isWeekly = (schedule.text('freq') ?? 'WEEKLY') === 'WEEKLY' && (schedule.number('interval') ?? 1) === 1;
  if (!isWeekly || schedule.names.some((name) => limited.includes(name))) return [];
  return days.includes(0) || opens === undefined || closes === undefined ? [] : [{ days, opens, closes }];
}

/** Without what is not said: undefined, lists of nothing, parts of nothing. */
export const without = (content: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(content).filter(
      ([, value]) => value !== undefined && (typeof value !== 'object' || Object.keys(value as object).length > 0),
    ),
  );
