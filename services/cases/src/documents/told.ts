import type { Work } from '@okienko/messaging/unit-of-work';
import type { Access, PersonalData } from '../access/personal-data';
import type { ApplicationItem } from '../applications/application-item';
import type { UnitOfMeasure } from '../plans/plan-content';
import type { DecisionFacts, FactsOf, Frame, NoticeFacts, TemplateName } from './document-facts';
import { dayInWords, quantityInWords } from './in-words';
import { type DocumentSubject, NothingToIssue } from './issued-document';

export interface Asked {
  readonly work: Work;
  readonly personalData: PersonalData;
  readonly access: Access;
  readonly subjectId: string;
  /** Of a plan; the one that is in force when left out. */
  readonly planVersion?: number | undefined;
  /** What providers are called. */
  readonly performers: ReadonlyMap<string, string>;
  readonly office: Pick<DecisionFacts, 'authority' | 'appealBody'>;
}

/** What there is to tell of a subject, and in the words of which template. */
export type Told = { [Name in TemplateName]: ToldAs<Name> }[TemplateName];
interface ToldAs<Name extends TemplateName> {
  readonly template: Name;
  readonly subject: DocumentSubject;
  /** Kinds of personal data that are read for it, beside who the person is. */
  readonly fieldGroups: readonly string[];
  readonly facts: Omit<FactsOf[Name], keyof Frame>;
}

export function grantedService(
  { name, unit }: Offer,
  notice: ApplicationItem['notice'],
): NoticeFacts['services'][number] {
  if (!notice) return { name };
  const { number, grantedUntil, quantity } = notice;
  return {
    name,
    number,
    until: dayInWords(grantedUntil),
    ...(quantity === undefined ? {} : { quantity: quantityInWords(quantity, unit) }),
  };
}

export interface Offer {
  readonly id: string;
  readonly name: string;
  readonly unit: UnitOfMeasure;
}

export async function offersOf(
  { query }: Work,
  items: readonly { readonly offerId: string }[],
): Promise<(id: string) => Offer> {
  const rows = await query<Offer>(
    'select id, coalesce(name, service_code) as name, unit_of_measure as unit from offer where id = any ($1::uuid[])',
    [items.map(({ offerId }) => offerId)],
  );
  return (id) => {
    const offer = rows.find((row) => row.id === id);
    if (!offer) throw new NothingToIssue('The catalogue has not told what this service is called. Try again shortly.');
    return offer;
  };
}

export async function numberOf({ query }: Work, authorisationId: string): Promise<string> {
  const [authorisation] = await query<{ number: string }>('select number from authorisation where id = $1', [
    authorisationId,
  ]);
  return authorisation?.number ?? '';
}
