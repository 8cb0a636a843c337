import { type Day, isDay } from '@okienko/contracts/calendar';
import type { ServiceOfferContent } from '../service-offers/service-offer-content';
import type { HsdsStatus } from './hsds';
import { codedTaxonomies, fieldTaxonomy, taxonomyById, termById } from './profile';
import { putAt } from './profile-fields';
import type { RecordFault } from '../record-fault';
import { RecordReader } from './record-reader';
import { statedContent, statedProgramme, without } from './stated-content';

/** What the importer adds to records that do not say it themselves. */
export interface FeedDefaults {
  /** TERC of the gmina in which the services are. */
  readonly terc?: string;
  readonly areas?: readonly string[];
}

export interface FeedRecord {
  readonly id: string | undefined;
  /** Whether residents can use the service now. */
  readonly isOpen: boolean;
  /** Its shape is checked by `faults`; what an offer demands of each value is not checked yet. */
  readonly content: ServiceOfferContent;
  readonly faults: readonly RecordFault[];
  /** Names of what the record says and an offer has no place for. */
  readonly leftOut: readonly string[];
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const statuses: Readonly<Record<HsdsStatus, boolean>> = {
  active: true,
  'temporarily closed': true,
  inactive: false,
  defunct: false,
};

/** Reads a full HSDS service as an offer of another body. One that carries the Polish CUS profile gives back all that its centre exported. */
export function readService(service: object, today: Day, defaults: FeedDefaults): FeedRecord {
  const record = new RecordReader(service as Record<string, unknown>);
  const id = record.text('id')?.toLowerCase();
  if (id === undefined || !uuid.test(id)) record.fault('id', 'must be the UUID of the service');
  const status = record.text('status') ?? '';
  if (!Object.hasOwn(statuses, status)) record.fault('status', `must be one of ${Object.keys(statuses).join(', ')}`);
  if (record.text('name') === undefined) record.fault('name', 'must be there');
  const owner = record.part('organization').text('name');
  if (owner === undefined) record.fault('organization', 'must name the body that runs the service');
  const stated = statedContent(record);
  const values = profileValues(record);
  const isOurs = values.has('legalTrack');
  const content = isOurs ? stated : guessed(stated, record);
  for (const [path, said] of values) put(content, path, said);
  content['terc'] ??= defaults.terc;
  content['areas'] ??= defaults.areas;
  for (const field of ['terc', 'areas'])
    if (content[field] === undefined) record.fault('', `${field} is said neither by the record nor for the whole feed`);
  const { legalTrack } = content;
  return {
    id,
    isOpen: statuses[status as HsdsStatus] ?? false,
    content: {
      ...content,
      // A programme of another centre is no programme here.
      ...(legalTrack === 'PUS' ? { legalTrack: 'OTHER_ACT' } : {}),
      informationOnly: {
        owner,
        confirmedOn: confirmedOn(record, today),
        ...(isOurs && record.text('assured_date') === undefined
          ? { centreOffer: without({ legalTrack, programme: statedProgramme(record) }) }
          : {}),
      },
    } as unknown as ServiceOfferContent,
    faults: record.faults,
    leftOut: isOurs ? [] : leftOutOf(record, content),
  };
}

/** Values of the profile's attributes, by the field of an offer that they fill. */
function profileValues(record: RecordReader): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (const attribute of record.parts('attributes')) {
    const term = termById(attribute.part('taxonomy_term').text('id') ?? attribute.text('taxonomy_term_id') ?? '');
    const taxonomy = term && taxonomyById(term.taxonomyId);
    if (!taxonomy) continue;
    const [field, value] =
      taxonomy === fieldTaxonomy ? [term.code, attribute.text('value')] : [taxonomy.field, term.code];
    if (value === undefined) continue;
    const before = values.get(field);
    if (before) before.push(value);
    else values.set(field, [value]);
  }
  return values;
}

const coded = new Map(codedTaxonomies.map(({ field, isList }) => [field, isList]));

function put(content: Record<string, unknown>, path: string, values: readonly string[]): void {
  const isList = coded.get(path);
  if (isList === undefined) putAt(content, path, values);
  else content[path] = isList ? values : values[0];
  if (path === 'source.url') content['source'] = { facts: [], inferred: [], ...(content['source'] as object) };
}

/** A number among the words that feeds put around it. */
const telephone = /[+\d][\d ()/-]{2,31}/;

/** What a feed without the profile says in other words than ours. */
function guessed(stated: Record<string, unknown>, record: RecordReader): Record<string, unknown> {
  const [address] = record
    .parts('service_at_locations')
    .flatMap((place) => place.part('location').parts('addresses'))
    .map((part) => {
      const town = [part.text('postal_code'), part.text('city')].filter((text) => text !== undefined).join(' ');
      return [part.text('address_1'), part.text('address_2'), town].filter(Boolean).join(', ');
    });
  const phone = record
    .parts('phones')
    .flatMap((part) => telephone.exec(part.text('number') ?? '')?.[0].trim() ?? [])[0];
  const costs = record.parts('cost_options').map((cost) => ({
    isFree: cost.number('amount') === 0,
    text: [cost.text('option'), cost.number('amount'), cost.text('currency'), cost.text('amount_description')]
      .filter((part) => part !== undefined)
      .join(' '),
  }));
  const feeDetail = record.text('fees_description') ?? costs.map(({ text }) => text).join('; ');
  return {
    legalTrack: 'OTHER_ACT',
    recipientKind: 'RESIDENTS',
    unit: 'VISIT',
    feeRule: costs.length > 0 && costs.every(({ isFree }) => isFree) ? 'FREE' : 'UNKNOWN',
    ...stated,
    ...without({
      contact: without({ ...(stated['contact'] as object), phone, address: address || undefined }),
      details: {
        ...(stated['details'] as object),
        ...without({
          feeDetail: feeDetail || undefined,
          status: record.text('status') === 'temporarily closed' ? 'TEMPORARILY_CLOSED' : undefined,
        }),
      },
    }),
  };
}

/** The day of the owner's last word: assurance, else the last change, else that of this reading. */
function confirmedOn(record: RecordReader, today: Day): Day {
  const assured = record.text('assured_date');
  if (assured !== undefined && (!isDay(assured) || assured > today))
    record.fault('assured_date', 'must be a day as YYYY-MM-DD that has come');
  const modified = record.text('last_modified')?.slice(0, 10);
  if (assured !== undefined) return assured;
  return modified !== undefined && isDay(modified) && modified <= today ? modified : today;
}

/** What a record says that the offer does not: fields without a place in it, and lists of which it could not take all. */
function leftOutOf(record: RecordReader, content: Record<string, unknown>): string[] {
  const { languages = [], openingHours = [] } = content as { languages?: unknown[]; openingHours?: unknown[] };
  const most = new Map([
    ['languages', languages.length],
    ['schedules', openingHours.length],
    ['phones', (content['contact'] as { phone?: string } | undefined)?.phone === undefined ? 0 : 1],
    ['service_at_locations', 1],
    ['funding', 1],
  ]);
  return record.names.filter((name) => {
    const taking = most.get(name);
    return !taken.has(name) || (taking !== undefined && record.parts(name).length > taking);
  });
}

/** Fields of HSDS that an offer takes something from. */
const taken: ReadonlySet<string> = new Set([
  'id',
  'name',
  'description',
  'status',
  'organization',
  'url',
  'email',
  'fees_description',
  'eligibility_description',
  'minimum_age',
  'maximum_age',
  'assured_date',
  'last_modified',
  'phones',
  'schedules',
  'service_areas',
  'service_at_locations',
  'languages',
  'funding',
  'cost_options',
  'required_documents',
]);
