import { dayOf } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { loadVisible } from '../access/load-visible';
import { Application } from '../applications/application';
import { Decision } from '../decisions/decision';
import { Fee } from '../fees/fee';
import type { FeeWords } from '../fees/fee-words';
import type { DecisionFacts, Frame } from './document-facts';
import { amountInWords, dayInWords } from './in-words';
import { type Asked, grantedService, numberOf, type Offer, offersOf, type Told } from './told';

/** A refusal, of all or of the rest, or a decision on an unpaid fee: to whoever reads it all are decisions. */
export async function decisionOf(asked: Asked): Promise<Told> {
  const [fee] = await asked.work.query<{ id: string }>('select id from fee where decisions @> $1::jsonb', [
    JSON.stringify([{ id: asked.subjectId }]),
  ]);
  return fee ? feeDecisionOf(asked, fee.id) : refusalOf(asked);
}

async function refusalOf(asked: Asked): Promise<Told> {
  const { work, personalData, access, subjectId } = asked;
  const decision = await loadVisible(work, Decision, subjectId, access.caller);
  const { application, offer } = await requestOf(work, decision);
  const row = await personalData.row(work, decision.personId, 'decision', subjectId);
  const facts = await decisionFacts(asked, application, offer, decision, row.open('reasons', decision.reasons));
  const told = { subject: { ...decision }, fieldGroups: ['APPLICATION', 'DECISION'] };
  if (decision.kind === 'REFUSAL') return { ...told, template: 'decision-refusal', facts };
  const { quantity: granted } = grantedService(offer, application.item(decision.itemId).notice);
  return { ...told, template: 'decision-part-refusal', facts: { ...facts, ...(granted ? { granted } : {}) } };
}

async function feeDecisionOf(asked: Asked, feeId: string): Promise<Told> {
  const { work, personalData, access, subjectId } = asked;
  const fee = await loadVisible(work, Fee, feeId, access.caller);
  const decision = fee.decision(subjectId);
  const { application, offer } = await requestOf(work, fee);
  const row = await personalData.row(work, fee.personId, 'fee', feeId);
  const reasons = row.openJson<FeeWords>('words', fee.words).decisions[subjectId] ?? '';
  const decided = fee.charges.filter((charge) => charge.decisionId === subjectId);
  const from = decided.map((charge) => charge.from).sort()[0] ?? fee.periodFrom;
  const to =
    decided
      .map((charge) => charge.to)
      .sort()
      .at(-1) ?? fee.periodTo;
  const period = `od ${dayInWords(from)} do ${dayInWords(to)}`;
  return {
    template: 'decision-fee',
    subject: { ...fee, id: subjectId },
    fieldGroups: ['APPLICATION', 'FEE'],
    facts: {
      ...(await decisionFacts(asked, application, offer, decision, reasons)),
      fee: { amount: amountInWords(decision.grosze), period },
    },
  };
}

async function requestOf(
  work: Work,
  { applicationId, itemId }: { readonly applicationId: string; readonly itemId: string },
): Promise<{ application: Application; offer: Offer }> {
  const application = await work.load(Application, applicationId);
  const item = application.item(itemId);
  return { application, offer: (await offersOf(work, [item]))(item.offerId) };
}

async function decisionFacts(
  { work, office }: Asked,
  application: Application,
  offer: Offer,
  { number, legalBasis, issuedOn, appealDays, authorisationId }: Decided,
  reasons: string,
): Promise<Omit<DecisionFacts, keyof Frame>> {
  return {
    ...office,
    application: { filedOn: dayInWords(dayOf(application.filedAt)) },
    service: { name: offer.name },
    decision: {
      number,
      legalBasis,
      issuedOn: dayInWords(issuedOn),
      reasons,
      appealDays: String(appealDays),
      authorisation: { number: await numberOf(work, authorisationId) },
    },
  };
}

type Decided = Pick<Decision, 'number' | 'legalBasis' | 'issuedOn' | 'appealDays' | 'authorisationId'>;
