import { addDays, type Day, dayOf } from '@okienko/contracts/calendar';
import type { Service } from '@okienko/contracts/event';
import { eventually } from '@okienko/testing/eventually';
import type { Answer, Call, ServiceUnderTest } from '@okienko/testing/service-test';
import { type Account, coordinator, desk, type Json, operator, organiser, reader, terc } from './accounts';
import { startFour } from './four-services';
import { MailServerThatTalks } from './mail-server-that-talks';
import { type Offered, offering } from './offering';

const decisionScopes = ['APPROVE_PLANS', 'ISSUE_DECISIONS'];

export interface Filed {
  readonly id: string;
  readonly path: string;
  readonly personId: string;
  readonly itemIds: readonly string[];
  readonly offers: readonly Offered[];
}

/** A centre of four real services, in the words of the trade; what one of them has to hear from another is waited for. */
export class Centre {
  private readonly authorisations = new Map<string, string>();
  private serial = 0;

  private constructor(
    readonly four: Readonly<Record<Service, ServiceUnderTest>>,
    private readonly mail: MailServerThatTalks,
    private readonly clock: { at: Date },
  ) {}

  static async open(): Promise<Centre> {
    const clock = { at: new Date(`${dayOf(new Date())}T11:00:00Z`) };
    const mail = new MailServerThatTalks('nobody@example.pl');
    const four = await startFour({
      together: true,
      clock: { now: () => clock.at },
      cases: { FEE_ACCOUNT: '61109010140000071219812874' },
      notifications: { SMTP_URL: await mail.start(), MESSAGE_GRACE_SECONDS: '0' },
    });
    return new Centre(four, mail, clock);
  }

  async close(): Promise<void> {
    const { cases, ...others } = this.four;
    await Promise.all(Object.values(others).map((service) => service.stop()));
    await cases.stop();
    await this.mail.stop();
  }

  get today(): Day {
    return dayOf(this.clock.at);
  }

  pass(days: number): void {
    this.clock.at = new Date(this.clock.at.getTime() + days * 24 * 3600_000);
  }

  async get<T = Json>(of: Service, path: string, as: Account = reader): Promise<T> {
    const { status, body } = await this.four[of].http<T>('GET', path, { as });
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  async list(of: Service, path: string, as: Account = reader): Promise<Json[]> {
    return (await this.get<{ items: Json[] }>(of, path, as)).items;
  }

  send(of: Service, path: string, as: Account, body: Json = {}, more: Call = {}): Promise<Answer<Json>> {
    return this.four[of].http('POST', path, { as, body, ...more });
  }

  async post(of: Service, path: string, as: Account, body: Json = {}, more: Call = {}): Promise<Json> {
    const answer = await this.send(of, path, as, body, more);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** An act on something at its present version. */
  async act(
    path: string,
    act: string,
    as: Account = coordinator,
    body: Json = {},
    of: Service = 'cases',
  ): Promise<Json> {
    const { version } = await this.get<{ version: number }>(of, path);
    return this.post(of, `${path}/${act}`, as, body, { ifMatch: version });
  }

  /** Status and last segment of the problem's type of an act that is refused. */
  async refusal(path: string, act: string, as: Account, body: Json = {}): Promise<[number, string | undefined]> {
    const { version } = await this.get<{ version: number }>('cases', path);
    const answer = await this.send('cases', `${path}/${act}`, as, body, { ifMatch: version });
    return [answer.status, String(answer.body['type']).split('/').at(-1)];
  }

  async content(documentId: string, format: 'pdf' | 'html'): Promise<string> {
    return this.get('cases', `/documents/${documentId}/content?format=${format}`, desk);
  }

  /** Several services of one programme, with so many places each. */
  programme(places: readonly number[], fee?: Json): Promise<Offered[]> {
    return offering(this, places, fee);
  }

  async person(more: Json = {}): Promise<string> {
    const contact = { email: `mieszkanka-${(this.serial += 1)}@poczta.example`, language: 'pl' };
    const names = { givenName: 'Żaneta', familyName: `Łoś-${this.serial}` };
    return String((await this.post('cases', '/persons', desk, { ...names, terc, contact, ...more }))['id']);
  }

  async file(offers: readonly Offered[], personId?: string): Promise<Filed> {
    const applicant = personId ?? (await this.person());
    const body = {
      personId: applicant,
      applicantRole: 'PERSON',
      channel: 'DESK',
      statement: { clauseVersion: '2020-01-01', acknowledged: true },
      items: offers.map(({ offerId }) => ({ offerId, quantity: 30 })),
    };
    const { id, items } = await eventually(() => this.post('cases', '/applications', desk, body), 10_000);
    const itemIds = (items as { id: string }[]).map((item) => item.id);
    return { id: String(id), path: `/applications/${String(id)}`, personId: applicant, itemIds, offers };
  }

  onItem(filed: Filed, act: string, as: Account = coordinator, body: Json = {}, at = 0): Promise<Json> {
    return this.act(filed.path, `items/${filed.itemIds[at] ?? ''}/${act}`, as, body);
  }

  async qualified(offers: readonly Offered[], personId?: string): Promise<Filed> {
    const filed = await this.file(offers, personId);
    for (const at of offers.keys()) await this.onItem(filed, 'qualification', coordinator, {}, at);
    return filed;
  }

  async authorisation({ sub = '' }: Account): Promise<string> {
    const known = this.authorisations.get(sub);
    if (known) return known;
    const period = { validFrom: this.today, validTo: addDays(this.today, 100) };
    const body = { holder: sub, number: 'OR.077.12.2026', scope: decisionScopes, ...period };
    const id = String((await this.post('cases', '/authorisations', operator, body))['id']);
    this.authorisations.set(sub, id);
    return id;
  }

  async decision(): Promise<Json> {
    const authorisationId = await this.authorisation(organiser);
    const number = `CUS.5021.${(this.serial += 1)}.2026`;
    return { number, legalBasis: 'art. 42 ust. 3', reasons: 'Limit miejsc jest wyczerpany.', authorisationId };
  }

  /** Everything that has been stated about an aggregate, in order: names of its events without service and version. */
  told(id: string): string[] {
    const seen = this.four.cases.events().filter(({ subject }) => subject === id);
    return seen.map(({ type }) => type.replace(/^pl\.okienko\.\w+\./, '').replace(/\.v\d+$/, ''));
  }

  async hasTold(id: string, facts: readonly string[]): Promise<void> {
    await eventually(() => expect(this.told(id)).toEqual(facts), 15_000);
  }

  /** What the person has been sent, by the names of the texts. */
  async letters(personId: string): Promise<unknown[]> {
    const messages = await this.list('notifications', `/messages?personId=${personId}`, desk);
    return messages.filter(({ state }) => state === 'SENT').map(({ template }) => template);
  }

  /** Those and no others; with `andNoMore` once all that was told before has been heard. */
  async gotLetters(personId: string, templates: readonly string[], andNoMore = false): Promise<void> {
    if (andNoMore)
      await this.gotLetters((await this.file(await this.programme([1]))).personId, ['application-received']);
    const expected = [...templates].sort();
    await eventually(async () => expect((await this.letters(personId)).sort()).toEqual(expected), 15_000);
  }
}
