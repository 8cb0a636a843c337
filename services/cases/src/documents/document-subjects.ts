import { dayOf } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { loadVisible } from '../access/load-visible';
import type { Access, PersonalData } from '../access/personal-data';
import { Application } from '../applications/application';
import type { ApplicationItem } from '../applications/application-item';
import { Decision } from '../decisions/decision';
import { IndividualPlan } from '../plans/individual-plan';
import type { PlanTexts, UnitOfMeasure } from '../plans/plan-content';
import type { DecisionFacts, FactsOf, Frame, NoticeFacts, PlanFacts, TemplateName } from './document-facts';
import { dayInWords, endingsInWords, mannersInWords, quantityInWords } from './in-words';
import { type DocumentKind, type DocumentSubject, NothingToIssue, PerformerUnnamed } from './issued-document';

interface Asked {
  readonly work: Work;
  readonly personalData: PersonalData;
  readonly access: Access;
  readonly subjectId: string;
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

/** How each kind of document looks at its subject, in the state in which it is at this moment, under its lock. */
export const subjects: Readonly<Record<DocumentKind, (asked: Asked) => Promise<Told>>> = {
  QUALIFICATION_NOTICE: noticeOf,
  DECISION: decisionOf,
  PLAN: planOf,
  PLAN_SUMMARY: planSummaryOf,
};

async function noticeOf({ work, access, subjectId }: Asked): Promise<Told> {
  const application = await loadVisible(work, Application, subjectId, access.caller);
  const items = application.itemStates
    .filter(({ state }) => state === 'QUALIFIED')
    .map(({ id }): Granted => application.item(id));
  if (items.length === 0) throw new NothingToIssue('No service of this application is granted, so there is no notice.');
  const offers = await offersOf(work, items);
  return {
    template: 'qualification-notice',
    subject: { ...application, applicationId: application.id },
    fieldGroups: ['APPLICATION'],
    facts: {
      application: { filedOn: dayInWords(dayOf(application.filedAt)) },
      services: items.map(({ offerId, notice }) => grantedService(offers(offerId), notice)),
    },
  };
}

/** What a qualification says for itself, where it does. */
type Granted = Pick<ApplicationItem, 'id' | 'offerId'> & {
  readonly notice?: { readonly number: string; readonly grantedUntil: string; readonly quantity?: number };
};

function grantedService({ name, unit }: Offer, notice: Granted['notice']): NoticeFacts['services'][number] {
  if (!notice) return { name };
  const { number, grantedUntil, quantity } = notice;
  return {
    name,
    number,
    until: dayInWords(grantedUntil),
    ...(quantity === undefined ? {} : { quantity: quantityInWords(quantity, unit) }),
  };
}

async function decisionOf({ work, personalData, access, subjectId, office }: Asked): Promise<Told> {
  const decision = await loadVisible(work, Decision, subjectId, access.caller);
  const { applicationId, personId, number, legalBasis, issuedOn, appealDays, authorisationId } = decision;
  const application = await work.load(Application, applicationId);
  const item: Granted = application.item(decision.itemId);
  const offer = (await offersOf(work, [item]))(item.offerId);
  const row = await personalData.row(work, personId, 'decision', subjectId);
  const facts = {
    ...office,
    application: { filedOn: dayInWords(dayOf(application.filedAt)) },
    service: { name: offer.name },
    decision: {
      number,
      legalBasis,
      issuedOn: dayInWords(issuedOn),
      reasons: row.open('reasons', decision.reasons),
      appealDays: String(appealDays),
      authorisation: { number: await numberOf(work, authorisationId) },
    },
  };
  const told = { subject: { ...decision }, fieldGroups: ['APPLICATION', 'DECISION'] };
  if ((decision.kind as string) !== 'PART_REFUSAL') return { ...told, template: 'decision-refusal', facts };
  const { quantity: granted } = grantedService(offer, item.notice);
  return { ...told, template: 'decision-part-refusal', facts: { ...facts, ...(granted ? { granted } : {}) } };
}

async function planOf({ work, personalData, access, subjectId, performers }: Asked): Promise<Told> {
  const plan = await loadVisible(work, IndividualPlan, subjectId, access.caller);
  const row = await personalData.row(work, plan.personId, 'individual_plan', subjectId);
  const { items: words, goals, supportingActivities } = row.openJson<PlanTexts>('texts', plan.texts);
  const offers = await offersOf(work, plan.items);
  const services = plan.items.map(({ itemId, offerId, providerId, quantity, unit }) => {
    const performer = performers.get(providerId);
    if (performer === undefined) throw new PerformerUnnamed(providerId);
    const { place, schedule } = words.find((item) => item.itemId === itemId) ?? {};
    return {
      name: offers(offerId).name,
      performer,
      quantity: quantityInWords(quantity, unit),
      ...(place ? { place } : {}),
      ...(schedule ? { schedule } : {}),
    };
  });
  return {
    template: 'plan',
    subject: { ...plan },
    fieldGroups: ['PLAN'],
    facts: {
      plan: {
        ...(await standingOf(work, plan)),
        from: dayInWords(plan.periodFrom),
        to: dayInWords(plan.periodTo),
        services,
        ...(goals.length > 0 ? { goals } : {}),
        ...(supportingActivities.length > 0 ? { supportingActivities } : {}),
      },
    },
  };
}

async function standingOf(
  work: Work,
  { agreement, approval, ending }: IndividualPlan,
): Promise<Pick<PlanFacts['plan'], 'state' | 'agreement' | 'approval'>> {
  const state = ending
    ? 'plan zakończony'
    : approval
      ? 'plan zatwierdzony'
      : agreement
        ? 'plan uzgodniony, czeka na zatwierdzenie'
        : 'projekt planu';
  return {
    state,
    ...(agreement && { agreement: { on: dayInWords(agreement.agreedOn), manner: mannersInWords[agreement.manner] } }),
    ...(approval && {
      approval: { on: dayInWords(approval.approvedOn), authorisation: await numberOf(work, approval.authorisationId) },
    }),
  };
}

async function planSummaryOf({ work, personalData, access, subjectId }: Asked): Promise<Told> {
  const plan = await loadVisible(work, IndividualPlan, subjectId, access.caller);
  const { ending, closingTalk, description } = plan;
  if (!ending || !closingTalk || !description)
    throw new NothingToIssue('The plan is not closed yet, so there is no description of its course and results.');
  const row = await personalData.row(work, plan.personId, 'individual_plan', subjectId);
  return {
    template: 'plan-summary',
    subject: { ...plan },
    fieldGroups: ['PLAN'],
    facts: {
      plan: { from: dayInWords(plan.periodFrom), to: dayInWords(plan.periodTo) },
      ending: { on: dayInWords(ending.endedOn), reason: endingsInWords[ending.reason] },
      talk: { on: dayInWords(closingTalk.heldOn), wasHeld: closingTalk.outcome === 'HELD' },
      description: row.open('description', description),
    },
  };
}

interface Offer {
  readonly id: string;
  readonly name: string;
  readonly unit: UnitOfMeasure;
}

async function offersOf(
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

async function numberOf({ query }: Work, authorisationId: string): Promise<string> {
  const [authorisation] = await query<{ number: string }>('select number from authorisation where id = $1', [
    authorisationId,
  ]);
  return authorisation?.number ?? '';
}
