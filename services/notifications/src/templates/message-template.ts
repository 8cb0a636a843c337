import { DomainError } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { templateChangedV1 } from '@okienko/contracts/notifications/template-changed.v1';
import { templateCreatedV1 } from '@okienko/contracts/notifications/template-created.v1';
import { templateRestoredV1 } from '@okienko/contracts/notifications/template-restored.v1';
import { type Language, languages } from '../recipients/recipient';
import type { FactName } from './letter-facts';
import { isShipped, shippedFacts } from './shipped';
import { type Check, faultsOf, TemplateFaulty } from './template-faults';
import type { TemplateText } from './template-text';

export type Texts = Readonly<Record<Language, TemplateText>>;

export class TemplateCodeTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'template-code-taken';
  constructor(code: string) {
    super(`There is a text called "${code}" already. Write another edition of it, or choose another code.`);
  }
}

export class NotShipped extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'template-not-shipped';
  constructor(code: string) {
    super(`"${code}" did not come with the service, so there is nothing to go back to. Write another edition.`);
  }
}

/** What the centre has made of one text. Languages that it has not written are as they came with the service. */
export class MessageTemplate {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly code: string,
    /** What its texts may rely on, for good: rules count on it. Null: as the service has it. */
    private readonly givenFacts: readonly FactName[] | null,
    private texts: Partial<Texts>,
  ) {}

  /** A text of the centre's own, in every language at once, so that nobody is left without one. */
  static create(id: string, code: string, facts: readonly FactName[], texts: Texts, terms: Terms): MessageTemplate {
    if (isShipped(code)) throw new TemplateCodeTaken(code);
    const faults = languages.flatMap((language) =>
      faultsOf(texts[language], { ...terms, language, facts }).map(({ pointer, detail }) => ({
        pointer: `/texts/${language}${pointer}`,
        detail,
      })),
    );
    if (faults.length > 0) throw new TemplateFaulty(faults);
    return new MessageTemplate(id, 0, code, facts, texts);
  }

  static ofShipped(id: string, code: string): MessageTemplate {
    return new MessageTemplate(id, 0, code, null, {});
  }

  write(language: Language, text: TemplateText, terms: Terms, by: string): DomainEvent<typeof templateChangedV1> {
    const faults = faultsOf(text, { ...terms, language, facts: this.facts });
    if (faults.length > 0) throw new TemplateFaulty(faults);
    this.texts = { ...this.texts, [language]: text };
    return event(templateChangedV1, this.id, { code: this.code, language, by });
  }

  restore(language: Language, by: string): DomainEvent<typeof templateRestoredV1> {
    if (this.givenFacts) throw new NotShipped(this.code);
    const { [language]: _, ...others } = this.texts;
    this.texts = others;
    return event(templateRestoredV1, this.id, { code: this.code, language, by });
  }

  created(by: string): DomainEvent<typeof templateCreatedV1> {
    return event(templateCreatedV1, this.id, { code: this.code, by });
  }

  private get facts(): readonly FactName[] {
    return this.givenFacts ?? shippedFacts[this.code] ?? [];
  }
}

type Terms = Pick<Check, 'centre' | 'mostParts'>;
