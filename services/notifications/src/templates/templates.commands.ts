import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound, StaleVersion } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { NotificationsConfig } from '../config';
import { type Language, languages } from '../recipients/recipient';
import type { FactName } from './letter-facts';
import { MessageTemplate, TemplateCodeTaken, type Texts } from './message-template';
import { isShipped } from './shipped';
import { smsTermsOn } from './sms-terms';
import type { TemplateText } from './template-text';

interface Author {
  readonly by: Principal;
  readonly reason: string;
}

@Injectable()
export class TemplateCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: NotificationsConfig,
  ) {}

  create(code: string, facts: readonly FactName[], texts: Texts, author: Author): Promise<Changed> {
    return this.work.run(async (work) => {
      if (await idOf(work, code)) throw new TemplateCodeTaken(code);
      const template = MessageTemplate.create(uuidv7(), code, facts, texts, this.terms());
      await work.save(template, template.created(author.by.sub));
      for (const language of languages) await this.keep(work, template, language, texts[language], author);
      return { id: template.id, version: template.version };
    });
  }

  write(
    code: string,
    expectedVersion: number,
    language: Language,
    text: TemplateText,
    author: Author,
  ): Promise<Changed> {
    return this.work.run(async (work) => {
      const template = await loadByCode(work, code, expectedVersion);
      await work.save(template, template.write(language, text, this.terms(), author.by.sub));
      await this.keep(work, template, language, text, author);
      return { id: template.id, version: template.version };
    });
  }

  restore(code: string, expectedVersion: number, language: Language, author: Author): Promise<Changed> {
    return this.work.run(async (work) => {
      const template = await loadByCode(work, code, expectedVersion);
      await work.save(template, template.restore(language, author.by.sub));
      await this.keep(work, template, language, null, author);
      return { id: template.id, version: template.version };
    });
  }

  private terms() {
    return { centre: this.config.CENTRE_NAME, mostParts: smsTermsOn(dayOf(this.clock.now())).mostParts };
  }

  /** For ever: what somebody was told can be explained by the text of that day. */
  private async keep(
    work: Work,
    { id, version }: MessageTemplate,
    language: Language,
    text: TemplateText | null,
    { by, reason }: Author,
  ): Promise<void> {
    await work.query(
      `insert into message_template_edition (template_id, version, language, content, saved_at, saved_by, reason)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, version, language, text && JSON.stringify(text), this.clock.now(), by.sub, reason],
    );
  }
}

/** The first edition of a text that came with the service makes its row. */
async function loadByCode(work: Work, code: string, expectedVersion: number): Promise<MessageTemplate> {
  const id = await idOf(work, code);
  if (id) return work.load(MessageTemplate, id, expectedVersion);
  if (!isShipped(code)) throw new NotFound('template');
  if (expectedVersion !== 0) throw new StaleVersion(expectedVersion, 0);
  return MessageTemplate.ofShipped(uuidv7(), code);
}

/** One author of a code at a time, also of one that has no row yet. */
async function idOf(work: Work, code: string): Promise<string | undefined> {
  await work.query(`select pg_advisory_xact_lock(hashtextextended('template ' || current_schema() || ' ' || $1, 0))`, [
    code,
  ]);
  const [row] = await work.query<{ id: string }>('select id from message_template where code = $1', [code]);
  return row?.id;
}
