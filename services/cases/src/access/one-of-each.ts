import { randomUUID } from 'node:crypto';
import type { Principal } from '@okienko/chassis/access';
import type { FeeData } from '@okienko/contracts/fees/schema';
import { generateNrb } from '@okienko/identifiers/nrb-generator';
import { specimens } from '../files/specimens';
import { participantIn, projectIn } from '../project-participations/project-scenario';
import { imported } from '../imports/import-scenario';
import { coordinator, desk, gmina, idOf, type Json, organiser, type Scenario, today } from '../scenario';

const daily: FeeData = { rule: 'FLAT', grosze: 100, per: 'DAY' };
const signatory = { name: 'Olga Ślęzak', position: 'organizatorka usług społecznych' };

/** One thing of each kind in the unit `main`: what its routes need to be called, by the first word of their path. */
export async function oneOfEach(scenario: Scenario): Promise<Record<string, Json & { readonly id: string }>> {
  const create = async (path: string, as: Partial<Principal>, body: Json): Promise<string> =>
    idOf(await scenario.post(path, as, body));
  const { planId, allocationId, application, providerId } = await scenario.approvedPlan();
  const { id: applicationId, itemId, personId } = application;
  const representativeId = await scenario.person();
  const [recognition] = await scenario.service.sql<{ id: string }>(
    'select id from needs_recognition where application_id = $1',
    [applicationId],
  );
  const notice = { kind: 'QUALIFICATION_NOTICE', subjectId: applicationId, form: 'STANDARD', signatory };
  const documentId = await create('/documents', organiser, notice);
  const fileId = idOf(await attach(scenario, applicationId, desk));
  const projectId = await projectIn(scenario);
  const members = [{ personId, relation: 'REFERENCE', from: today }];
  const elsewhere = { personId, system: 'POMOST', number: '17', kindCode: 'POSILKI', status: 'OPEN', from: today };
  const represented = { personId, representativeId, basis: 'GUARDIAN', validFrom: today, ruling: 'III RNs 17/26' };
  return {
    persons: { id: personId },
    applications: { id: applicationId, itemId, personId },
    'waiting-lists': await waiting(scenario),
    plans: { id: planId, applicationId, itemId, providerId },
    allocations: { id: allocationId, planId },
    decisions: { id: await refusal(scenario) },
    'needs-recognitions': { id: recognition?.id ?? '', applicationId },
    fees: { id: await overdueFee(scenario) },
    documents: { id: documentId, applicationId, subjectId: applicationId },
    files: { id: fileId, applicationId },
    households: { id: await create('/households', desk, { members }), personId },
    'project-participations': { ...(await participantIn(scenario, projectId)), projectId, moment: 'ENTRY' },
    representations: { id: await create('/representations', desk, represented), personId, representativeId },
    'external-cases': { id: await create('/external-cases', desk, elsewhere), personId },
    'past-matters': await pastMatter(scenario),
  };
}

export async function attach(
  { service }: Scenario,
  applicationId: string,
  as: Partial<Principal>,
): ReturnType<Scenario['post']> {
  const response = await fetch(`${service.url}/files?applicationId=${applicationId}&category=EVIDENCE`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${await service.issuer.token(as)}`,
      'Content-Type': 'application/octet-stream',
      'Idempotency-Key': randomUUID(),
      'Okienko-File-Name': 'zaswiadczenie.pdf',
    },
    body: new Uint8Array(specimens.pdf),
  });
  return { status: response.status, body: (await response.json()) as Json, headers: response.headers };
}

/** What a predecessor had done for somebody taken over from it. */
async function pastMatter(scenario: Scenario): Promise<Json & { readonly id: string }> {
  const person = { externalId: 'K-1', givenName: 'Olga', familyName: 'Kos', terc: gmina };
  const [one] = await imported(scenario, 'PERSONS', [person]);
  const words = { title: 'Usługi opiekuńcze', from: '2019-02-01', to: '2021-01-31', outcome: 'Zakończone' };
  const [matter] = await imported(scenario, 'HISTORY', [{ externalId: 'S-1', personExternalId: 'K-1', ...words }]);
  return { id: matter?.subjectId ?? '', personId: one?.subjectId };
}

async function waiting(scenario: Scenario): Promise<Json & { readonly id: string }> {
  const { offerId, programmeId } = await scenario.offer(1, { queueRule: 'FILING_TIME' });
  await scenario.qualified(offerId);
  const application = await scenario.file([offerId]);
  const [itemId = ''] = application.itemIds;
  expect(await scenario.actOnItem(application, itemId, 'waiting-list-entry')).toMatchObject({ status: 200 });
  return { id: application.id, itemId, programmeId, serviceCode: 'teleopieka' };
}

async function refusal(scenario: Scenario): Promise<string> {
  const application = await scenario.file([(await scenario.offer(0)).offerId]);
  const [itemId = ''] = application.itemIds;
  const { body } = await scenario.actOnItem(application, itemId, 'refusal', organiser, {
    number: `CUS.5021.${randomUUID()}`,
    legalBasis: 'Art. 42 ust. 3 ustawy z dnia 19 lipca 2019 r.',
    reasons: 'Limit miejsc jest wyczerpany.',
    authorisationId: await scenario.authorisation(organiser.sub, ['ISSUE_DECISIONS']),
  });
  return body['decisionId'] as string;
}

async function overdueFee(scenario: Scenario): Promise<string> {
  const { id, itemId } = await scenario.qualified((await scenario.offer(1, { terms: { fee: daily } })).offerId);
  const period = { from: today, to: today, virtualAccount: generateNrb(1) };
  const feeId = idOf(await scenario.post(`/applications/${id}/items/${itemId}/fee`, coordinator, period));
  await scenario.service.sql('update fee set overdue_since = current_date where id = $1', [feeId]);
  return feeId;
}
