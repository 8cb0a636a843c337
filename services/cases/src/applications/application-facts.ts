import { type Day, dayOf } from '@okienko/contracts/calendar';
import type { DisabilityDegree } from '@okienko/contracts/criteria/criteria';
import type { PersonFacts } from '@okienko/contracts/criteria/facts';
import type { FeeFacts } from '@okienko/contracts/fees/facts';
import type { Work } from '@okienko/messaging/unit-of-work';
import type { Sql } from '@okienko/privacy/sql';
import type { PersonalData } from '../access/personal-data';
import { DayInTheFuture } from '../plans/plan-errors';
import { recordsOf } from '../persons/standing';
import { assertInScope } from '../programmes/data-scopes';
import type { ProgrammeTerms } from '../programmes/programme-terms';
import type { Application } from './application';
import type { ApplicationItem } from './application-item';
import { assertAsked, categoriesIn } from './asked';

/** What the applicant has stated and shown (art. 36). What is absent has not been said, and is not guessed. */
export interface StatedFacts {
  /** NONE: there is no certificate. */
  readonly disability?: DisabilityDegree | 'NONE';
  /** Stated to be so, or not to be so. */
  readonly statements?: readonly { readonly code: string; readonly holds: boolean }[];
  readonly evidence?: readonly { readonly code: string; readonly shownOn: Day }[];
  /** The others who live with the person; empty for one who lives alone. */
  readonly household?: readonly PersonFacts[];
  /** Monthly income per person of the household, in grosze. */
  readonly incomePerPersonGrosze?: number;
}

/** Seals what was stated, once it is sure that the services asked for may ask for it (art. 36(3), 50(1)). */
export async function sealFacts(
  work: Work,
  personalData: PersonalData,
  {
    id,
    personId,
    items,
  }: { readonly id: string; readonly personId: string; readonly items: readonly ApplicationItem[] },
  facts: StatedFacts,
  today: Day,
): Promise<Buffer> {
  const rules = await rulesFor(work, items);
  assertAsked(facts, rules);
  assertInScope(
    categoriesIn(facts),
    rules.flatMap(({ dataScope }) => dataScope),
  );
  if (facts.evidence?.some(({ shownOn }) => shownOn > today)) throw new DayInTheFuture();
  return (await personalData.row(work, personId, 'application', id)).sealJson('facts', facts);
}

/** Opens what was stated; nothing where nothing was. */
export async function statedFactsOf(
  sql: Sql,
  personalData: PersonalData,
  { id, personId, facts }: Pick<Application, 'id' | 'personId' | 'facts'>,
): Promise<StatedFacts> {
  if (!facts) return {};
  return (await personalData.row(sql, personId, 'application', id)).openJson<StatedFacts>('facts', facts);
}

/** All that is known on that day of the person and the requested service, for its criteria and its fee. What the centre granted as a relief is not here. */
export async function factsOf(
  work: Work,
  personalData: PersonalData,
  application: Application,
  itemId: string,
  on: Day,
): Promise<FeeFacts> {
  const { personId, appliedFor } = application;
  const { serviceCode, quantity } = application.item(itemId);
  const { evidence, ...stated } = await statedFactsOf(work, personalData, application);
  return {
    ...stated,
    ...(evidence ? { evidence: evidence.map(({ code }) => code) } : {}),
    ...(quantity === undefined ? {} : { quantity }),
    ...(await personOf(work, personalData, personId)),
    on,
    serviceCode,
    appliedFor,
    granted: await grantedTo(work, personId, itemId),
    used: await usedBy(work, personId, serviceCode),
  };
}

interface Rules extends Partial<ProgrammeTerms> {
  readonly dataScope: readonly string[];
}

/** Of each item under the edition that it was qualified under, or else the one in force. */
async function rulesFor({ query }: Work, items: readonly ApplicationItem[]): Promise<Rules[]> {
  const rows = await query<{ terms: ProgrammeTerms | null; dataScope: string[] | null }>(
    `select t.terms, s.categories as "dataScope"
     from jsonb_to_recordset($1::jsonb) i ("programmeId" uuid, "serviceCode" text, "programmeVersion" int)
     join programme p on p.id = i."programmeId"
     left join programme_edition_service t on t.programme_id = p.id and t.service_code = i."serviceCode"
       and t.programme_version = coalesce(i."programmeVersion", p.programme_version)
     left join programme_data_scope s on s.programme_id = p.id
       and s.programme_version = coalesce(i."programmeVersion", p.programme_version)`,
    [JSON.stringify(items)],
  );
  return rows.map(({ terms, dataScope }) => ({ ...terms, dataScope: dataScope ?? [] }));
}

async function personOf(
  work: Work,
  personalData: PersonalData,
  personId: string,
): Promise<{ residence?: string; birthDate?: Day }> {
  const [person] = await work.query<{ terc: string; birthDate: Buffer | null }>(
    'select terc, birth_date as "birthDate" from person where id = $1',
    [personId],
  );
  if (!person) return {};
  const birthDate = (await personalData.row(work, personId, 'person', personId)).openIfGiven(
    'birth_date',
    person.birthDate,
  );
  return { residence: person.terc, ...(birthDate === null ? {} : { birthDate }) };
}

/** A place that was given back unused was no grant. */
async function grantedTo(
  { query }: Work,
  personId: string,
  itemId: string,
): Promise<{ serviceCode: string; on: Day }[]> {
  const places = await query<{ serviceCode: string; takenAt: Date }>(
    `select service_code as "serviceCode", taken_at as "takenAt" from service_place
     where person_id in (${recordsOf.replace('?', '$1')}) and item_id <> $2 and released_at is null order by taken_at`,
    [personId, itemId],
  );
  return places.map(({ serviceCode, takenAt }) => ({ serviceCode, on: dayOf(takenAt) }));
}

/** Totals per allocation are known, days are not: all counts for the day on which delivery began, so that nobody is refused for a guess. */
const usedBy = (
  { query }: Work,
  personId: string,
  serviceCode: string,
): Promise<NonNullable<FeeFacts['used']>[number][]> =>
  query(
    `select a.unit_of_measure as unit, a.delivered_total as quantity, coalesce(a.started_on, a.period_from) as "on"
     from allocation a join offer o on o.id = a.offer_id
     where a.person_id in (${recordsOf.replace('?', '$1')}) and o.service_code = $2 and a.delivered_total > 0`,
    [personId, serviceCode],
  );
