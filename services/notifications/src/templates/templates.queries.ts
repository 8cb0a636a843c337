import { Injectable } from '@nestjs/common';
import { cursorValues, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import type { Sql } from '@okienko/privacy/sql';
import { DataSource } from 'typeorm';
import { NotificationsConfig } from '../config';
import { type Language, languages } from '../recipients/recipient';
import { type FactName, wordsOf } from './letter-facts';
import type { Texts } from './message-template';
import { isShipped, shippedCodes, shippedFacts, shippedText } from './shipped';
import { smsTermsOn } from './sms-terms';
import { smsOf } from './sms-text';
import { exampleWords, faultsOf, TemplateFaulty } from './template-faults';
import { composed, type TemplateText } from './template-text';
import type { EditionView, ListTemplates, PreviewView, TemplateSummary, TemplateView } from './templates.dto';

interface Row {
  readonly code: string;
  readonly version: number;
  readonly givenFacts: FactName[] | null;
  readonly texts: Partial<Texts>;
}

const columns = 'code, version, given_facts as "givenFacts", texts';

@Injectable()
export class TemplateQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly config: NotificationsConfig,
  ) {}

  /** By code: those that came with the service and the centre's own. */
  async list({ limit = defaultLimit, after }: ListTemplates): Promise<Page<TemplateSummary>> {
    const [begin = ''] = cursorValues(after, ['text']) ?? [];
    const own = await this.dataSource.query<Row[]>(`select ${columns} from message_template`);
    const untouched = shippedCodes.filter((code) => !own.some((row) => row.code === code)).map(asShipped);
    const rows = [...own, ...untouched]
      .filter(({ code }) => code > begin)
      .sort((one, other) => (one.code < other.code ? -1 : 1));
    return pageOf(rows.slice(0, limit + 1).map(summaryOf), limit, ({ code }) => [code]);
  }

  async get(code: string): Promise<TemplateView> {
    const row = await this.row(code);
    const facts = factsOfRow(row);
    return {
      ...summaryOf(row),
      facts: [...facts],
      words: [...wordsOf(facts)],
      texts: languages.map((language) => ({
        language,
        inForce: textOf(row, language),
        shipped: row.texts[language] && isShipped(code) ? shippedText(code, language) : null,
      })),
    };
  }

  /** The newest first. */
  async editions(code: string): Promise<EditionView[]> {
    await this.row(code);
    return this.dataSource.query<EditionView[]>(
      `select e.version, e.language, e.content, e.saved_at as "savedAt", e.saved_by as "savedBy", e.reason
       from message_template_edition e join message_template t on t.id = e.template_id
       where t.code = $1 order by e.version desc, e.language`,
      [code],
    );
  }

  /** With facts as long as they come. */
  async preview(code: string, language: Language, draft?: TemplateText): Promise<PreviewView> {
    const row = await this.row(code);
    const facts = factsOfRow(row);
    const centre = this.config.CENTRE_NAME;
    const { mostParts } = smsTermsOn(dayOf(this.clock.now()));
    const faults = draft ? faultsOf(draft, { language, facts, centre, mostParts }) : [];
    if (faults.length > 0)
      throw new TemplateFaulty(faults.map(({ pointer, detail }) => ({ pointer: `/draft${pointer}`, detail })));
    const { subject, text, short } = composed(
      language,
      draft ?? textOf(row, language),
      exampleWords(language, facts, centre),
    );
    const { alphabet, units, parts } = smsOf(short);
    return { subject, text, sms: { text: short, alphabet, units, parts: [...parts] } };
  }

  /** Every text by its code, with what a rule that uses it has to tell it. Each is in every language. */
  async factsByCode(sql: Sql): Promise<ReadonlyMap<string, readonly FactName[]>> {
    const own = await sql.query<Row>(`select ${columns} from message_template where given_facts is not null`, []);
    return new Map([...Object.entries(shippedFacts), ...own.map((row) => [row.code, factsOfRow(row)] as const)]);
  }

  private async row(code: string): Promise<Row> {
    const [row] = await this.dataSource.query<Row[]>(`select ${columns} from message_template where code = $1`, [code]);
    if (row) return row;
    if (!isShipped(code)) throw new NotFound('template');
    return asShipped(code);
  }
}

const asShipped = (code: string): Row => ({ code, version: 0, givenFacts: null, texts: {} });
const factsOfRow = ({ code, givenFacts }: Row): readonly FactName[] => givenFacts ?? shippedFacts[code] ?? [];
const textOf = ({ code, texts }: Row, language: Language): TemplateText =>
  texts[language] ?? shippedText(code, language);

function summaryOf({ code, version, texts }: Row): TemplateSummary {
  return { code, version, isShipped: isShipped(code), changed: languages.filter((language) => texts[language]) };
}
