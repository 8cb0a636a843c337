import { addDays, dayOf } from '@okienko/contracts/calendar';
import { capacityOpenedV1 } from '@okienko/contracts/providers/capacity-opened.v1';
import { event } from '@okienko/contracts/event';
import { programmeEnteredIntoForceV1 } from '@okienko/contracts/catalogue/programme-entered-into-force.v1';
import { serviceOfferPublishedV1 } from '@okienko/contracts/catalogue/service-offer-published.v1';
import { inventResident } from '@okienko/local/resident';
import { eventually } from '@okienko/testing/eventually';
import type { Answer, Call, ServiceUnderTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';

const { pesel, birthDate } = inventResident();

/** Somebody whose every datum would be known again anywhere. */
export const jadwiga = {
  pesel,
  birthDate,
  givenName: 'Jadwisława',
  familyName: 'Brzęczykiewiczówna-Żółć',
  email: 'jadwislawa.zolc@kanarek-skrzynka.example',
  later: 'zolc.nowa@kanarek-skrzynka.example',
  refused: 'nikogo-takiego@kanarek-skrzynka.example',
  phone: '+48699123457',
  laterPhone: '+48699765431',
  address: 'ul. Kanarkowej Łąki 77/13, Elbląg',
  voiced: 'Boję się nocy od śmierci męża Świętopełka',
  used: 'Opieka sąsiadki Gwidony Szczęsnej',
  grounds: 'Zasadna jest teleopieka z powodu zaćmy obuocznej',
  fees: 'Zwolniona z opłat przy emeryturze 1987,65',
  goal: 'Przespać noc bez lęku o Świętopełka',
  schedule: 'gdy syn Dobrosław pracuje na nocną zmianę',
  help: 'Wnuczka Mirosława z Tolkmicka dzwoni co wieczór',
  note: 'Pani Jadwisława płakała przy rozmowie końcowej',
  description: 'Usługa pomogła pani Jadwisławie odzyskać sen',
} as const;
export const zenon = {
  givenName: 'Zenobiusz',
  familyName: 'Ćwierćdąbrowski',
  document: 'KANAREK-7719-QX',
  email: 'cwierc@kanarek-skrzynka.example',
  reasons: 'Dochód pana Zenobiusza przekracza próg o 312,44',
} as const;

type Json = Record<string, unknown>;
type Account = NonNullable<Call['as']>;

const terc = '2861011';
const today = dayOf(new Date());
const period = { validFrom: addDays(today, -300), validTo: addDays(today, 300) };
export const desk = { sub: 'desk-anna', roles: ['desk'] } as const;
export const coordinator = { sub: 'kipus-ewa', roles: ['coordinator'] } as const;
export const operator = { sub: 'operator-1', roles: ['operator'] } as const;
const director = { sub: 'director-jan', roles: ['director'] } as const;
const organiser = { sub: 'ous-olga', roles: ['services-organiser'] } as const;

/** Two marked people's way through the centre: one to the closed plan, one to a refusal, with mistakes at the desk. */
export class MarkedPeople {
  /** What the desk was told when it was wrong. */
  readonly refusals: string[] = [];
  personId = '';

  constructor(private readonly cases: ServiceUnderTest) {}

  /** Jadwiga is registered and applies; her address of the moment takes no mail. */
  async register(): Promise<string> {
    const { givenName, familyName, email, phone } = jadwiga;
    const registration = { givenName, familyName, birthDate, terc, contact: { email, phone } };
    const identifier = { kind: 'PESEL', value: pesel };
    await this.refused('/persons', { ...registration, identifier: { kind: 'PESEL', value: `${pesel.slice(1)}0` } });
    // A field that we do not know is named to whoever sent it, and to nobody else.
    await this.cases.http('POST', '/persons', { as: desk, body: { ...registration, [familyName]: 1 } });
    await this.refused('/persons', { ...registration, terc: familyName });
    await this.refused('/persons', { ...registration, birthDate: email });
    for (let time = 0; time < 2; time += 1) {
      const registered = await this.post('/persons', desk, { ...registration, identifier }, { key: 'same' });
      this.personId = String(registered['id']);
    }
    await this.refused('/persons', { ...registration, identifier });
    await this.refused(`/persons/${encodeURIComponent(familyName)}/contact`, { email }, 1);
    await this.refused(`/nowhere/${pesel}?email=${encodeURIComponent(email)}`, {});
    const found = await this.post('/persons/search', desk, { pesel });
    const [hit] = found['items'] as { id: string }[];
    if (hit?.id !== this.personId) throw new Error('She is not found by her PESEL.');
    await this.contact({ email: jadwiga.refused, phone }, 1);
    await this.refused(`/persons/${this.personId}/contact`, { email: jadwiga.later }, 1);
    return this.apply(this.personId, await this.offer(5));
  }

  /** The talk, the plan and its end; from the address that she gives now. */
  async serve(applicationId: string): Promise<void> {
    await this.contact({ email: jadwiga.later, phone: jadwiga.laterPhone }, 2);
    const { id: itemId, offerId } = await this.itemOf(applicationId);
    await this.act(`/applications/${applicationId}`, `items/${itemId}/qualification`, coordinator);
    const scheduled = { applicationId, scheduledFor: new Date().toISOString(), place: 'CENTRE' };
    const talk = await this.post('/needs-recognitions', coordinator, scheduled);
    await this.act(`/needs-recognitions/${String(talk['id'])}`, 'record', coordinator, {
      voicedNeeds: jadwiga.voiced,
      servicesUsed: jadwiga.used,
      groundsAndPossibilities: jadwiga.grounds,
      feesInformation: jadwiga.fees,
    });
    const providerId = this.providers.get(offerId) ?? '';
    const texts = { place: jadwiga.address, schedule: jadwiga.schedule };
    const items = [{ itemId, providerId, ...texts, quantity: 30, unit: 'HOUR' }];
    const to = addDays(today, 90);
    const draft = {
      applicationId,
      from: today,
      to,
      items,
      goals: [jadwiga.goal],
      supportingActivities: [jadwiga.help],
    };
    const plan = `/plans/${String((await this.post('/plans', coordinator, draft))['id'])}`;
    await this.act(plan, 'agreement', coordinator, { manner: 'SIGNATURE', agreedOn: today });
    await this.act(plan, 'submission', coordinator);
    await this.act(plan, 'approval', director, {
      authorisationId: await this.authorisation(director, 'APPROVE_PLANS'),
    });
    await this.act(plan, 'end', coordinator, { reason: 'RESIGNATION' });
    await this.act(plan, 'closing-talk', coordinator, { heldOn: today, outcome: 'HELD', note: jadwiga.note });
    await this.act(plan, 'closure', coordinator, { description: jadwiga.description });
  }

  /** Zenon has no PESEL, and there is no place for him. */
  async refuse(): Promise<void> {
    const { givenName, familyName, email, document, reasons } = zenon;
    const identifier = { kind: 'OTHER', value: document, country: 'UA' };
    const contact = { email, language: 'uk' };
    const { id } = await this.post('/persons', desk, { givenName, familyName, terc, identifier, contact });
    const applicationId = await this.apply(String(id), await this.offer(0));
    const item = await this.itemOf(applicationId);
    const authorisationId = await this.authorisation(organiser, 'ISSUE_DECISIONS');
    const decision = { number: 'CUS.5021.1.2026', legalBasis: 'art. 42 ust. 3', reasons, authorisationId };
    await this.act(`/applications/${applicationId}`, `items/${item.id}/refusal`, organiser, decision);
  }

  private readonly providers = new Map<string, string>();

  /** A programme in force, its offer and a provider with places for it, as the other services tell of them. */
  private async offer(places: number): Promise<string> {
    const [programmeId, offerId, capacityId, providerId] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
    const services = [{ serviceCode: 'teleopieka', expectedPersons: places, queueRule: 'NONE' as const }];
    const force = { programmeVersion: 1, terc, ...period, services, dataScope: [] };
    const offer = { programmeId, serviceCode: 'teleopieka', legalTrack: 'PUS', recipientKind: 'PERSON', terc } as const;
    const capacity = { providerId, offerId, places: 3, free: 3, from: today, to: addDays(today, 90) };
    this.providers.set(offerId, providerId);
    await this.told(event(programmeEnteredIntoForceV1, programmeId, force), 'programme');
    const published = { ...offer, areas: ['wspieranie' as const], name: 'Teleopieka', unit: 'HOUR' as const };
    await this.told(event(serviceOfferPublishedV1, offerId, published), 'offer');
    await this.told(event(capacityOpenedV1, capacityId, capacity), 'capacity');
    return offerId;
  }

  private async told(fact: Parameters<ServiceUnderTest['publish']>[0], table: string): Promise<void> {
    await this.cases.publish(fact, { sequence: 1 });
    await eventually(async () => {
      const known = await this.cases.sql(`select 1 from ${table} where id = $1`, [fact.subject]);
      if (known.length === 0) throw new Error(`${table} is not known yet`);
    });
  }

  private async apply(personId: string, offerId: string): Promise<string> {
    const statement = { clauseVersion: '2020-01-01', acknowledged: true };
    const application = { personId, applicantRole: 'PERSON', channel: 'DESK', statement, items: [{ offerId }] };
    return String((await this.post('/applications', desk, application))['id']);
  }

  private async itemOf(applicationId: string): Promise<{ id: string; offerId: string }> {
    const path = `/applications/${applicationId}`;
    const { body } = await this.cases.http<{ items: { id: string; offerId: string }[] }>('GET', path, { as: director });
    return body.items[0] ?? { id: '', offerId: '' };
  }

  private async authorisation({ sub }: Account, scope: string): Promise<string> {
    const body = { holder: sub, number: 'OR.077.12.2026', scope: [scope], ...period };
    return String((await this.post('/authorisations', operator, body))['id']);
  }

  private contact(contact: Json, ifMatch: number): Promise<Json> {
    return this.post(`/persons/${this.personId}/contact`, desk, contact, { ifMatch });
  }

  /** An act on something at its present version. */
  private async act(path: string, act: string, as: Account, body: Json = {}): Promise<void> {
    const { body: now } = await this.cases.http<{ version: number }>('GET', path, {
      as: { ...coordinator, roles: ['coordinator', 'director'] },
    });
    await this.post(`${path}/${act}`, as, body, { ifMatch: now.version });
  }

  private async post(path: string, as: Account, body: Json, more: Call = {}): Promise<Json> {
    const answer: Answer = await this.cases.http('POST', path, { as, body, ...more });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  private async refused(path: string, body: Json, ifMatch?: number): Promise<void> {
    const answer = await this.cases.http('POST', path, { as: desk, body, ...(ifMatch ? { ifMatch } : {}) });
    if (Math.floor(answer.status / 100) !== 4) throw new Error(`${path} answered ${answer.status}`);
    this.refusals.push(JSON.stringify(answer.body));
  }
}
