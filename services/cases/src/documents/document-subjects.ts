import { dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import type { Work } from '@okienko/messaging/unit-of-work';
import { loadVisible } from '../access/load-visible';
import { Application } from '../applications/application';
import { IndividualPlan } from '../plans/individual-plan';
import type { Agreement, Approval } from '../plans/plan-acts';
import type { PlanItem, PlanTexts } from '../plans/plan-content';
import { decisionOf } from './decision-subjects';
import type { PlanFacts } from './document-facts';
import { dayInWords, endingsInWords, mannersInWords, quantityInWords } from './in-words';
import { type DocumentKind, NothingToIssue, PerformerUnnamed } from './issued-document';
import { type Asked, grantedService, numberOf, offersOf, type Told } from './told';

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
    .map(({ id }) => application.item(id));
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

async function planOf({ work, personalData, access, subjectId, performers, planVersion }: Asked): Promise<Told> {
  const plan = await loadVisible(work, IndividualPlan, subjectId, access.caller);
  const content =
    planVersion === undefined || planVersion === plan.planVersion ? plan : await replacedOf(work, plan, planVersion);
  const row = await personalData.row(work, plan.personId, 'individual_plan', subjectId);
  const { items: words, goals, supportingActivities } = row.openJson<PlanTexts>('texts', content.texts);
  const offers = await offersOf(work, content.items);
  const services = content.items.map(({ itemId, offerId, providerId, quantity, unit }) => {
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
        ...(await standingOf(work, content)),
        from: dayInWords(content.periodFrom),
        to: dayInWords(content.periodTo),
        services,
        ...(goals.length > 0 ? { goals } : {}),
        ...(supportingActivities.length > 0 ? { supportingActivities } : {}),
      },
    },
  };
}

/** What one version of a plan says. */
interface Content {
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly items: readonly PlanItem[];
  readonly texts: Buffer;
  readonly agreement: Agreement | null;
  readonly approval: Approval | null;
  readonly ending?: IndividualPlan['ending'];
  readonly replacedOn?: string;
}

async function replacedOf({ query }: Work, plan: IndividualPlan, planVersion: number): Promise<Content> {
  const [found] = await query<Content>(
    `select period_from as "periodFrom", period_to as "periodTo", items, texts, agreement, approval,
       replaced_on as "replacedOn" from plan_version where plan_id = $1 and plan_version = $2`,
    [plan.id, planVersion],
  );
  if (!found) throw new NotFound('version of the plan');
  return found;
}

async function standingOf(
  work: Work,
  { agreement, approval, ending, replacedOn }: Content,
): Promise<Pick<PlanFacts['plan'], 'state' | 'agreement' | 'approval'>> {
  return {
    state: stateInWords({ agreement, approval, ending, replacedOn }),
    ...(agreement && { agreement: { on: dayInWords(agreement.agreedOn), manner: mannersInWords[agreement.manner] } }),
    ...(approval && {
      approval: { on: dayInWords(approval.approvedOn), authorisation: await numberOf(work, approval.authorisationId) },
    }),
  };
}

type Standing = { readonly [Fact in 'agreement' | 'approval' | 'ending' | 'replacedOn']: Content[Fact] | undefined };

function stateInWords({ agreement, approval, ending, replacedOn }: Standing): string {
  if (replacedOn) return `plan zastąpiony nowszą wersją, która obowiązuje od: ${dayInWords(replacedOn)}`;
  if (ending) return 'plan zakończony';
  if (approval) return 'plan zatwierdzony';
  return agreement ? 'plan uzgodniony, czeka na zatwierdzenie' : 'projekt planu';
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
