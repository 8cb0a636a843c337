import type { RuleContent, RuleEdition } from './rule';

export interface BookEntry {
  readonly code: string;
  readonly edition: number;
  readonly inForceFrom: Date;
  readonly isOn: boolean;
  readonly content: RuleContent;
}

/**
 * What counts is the rule as it stood when the event happened, so that a replay says the same. Of the editions in force the last decided is
 * the one: what had been planned for later is overtaken by it. What happened before a rule was made is no matter of that rule.
 */
export class RuleBook {
  private readonly histories = new Map<string, BookEntry[]>();

  constructor(entries: readonly BookEntry[]) {
    for (const entry of entries.toSorted((one, other) => one.edition - other.edition))
      this.histories.set(entry.code, [...(this.histories.get(entry.code) ?? []), entry]);
  }

  /** The rules about such an event that happened at that moment. */
  about(name: string, at: Date): RuleEdition[] {
    return [...this.histories.values()].flatMap((history) => {
      const entry = inForce(history, at);
      return entry?.isOn && entry.content.events.includes(name) ? [ruleOf(entry)] : [];
    });
  }

  /** The words that made a message; of one from before there were editions, the first. */
  edition(code: string, edition: number | null): RuleEdition | undefined {
    const entry = this.histories.get(code)?.find((one) => one.edition === (edition ?? 1));
    return entry && ruleOf(entry);
  }
}

export const inForce = <Entry extends Pick<BookEntry, 'inForceFrom'>>(
  history: readonly Entry[],
  at: Date,
): Entry | undefined => history.findLast(({ inForceFrom }) => inForceFrom <= at);

const ruleOf = ({ code, edition, content }: BookEntry): RuleEdition => ({ code, edition, ...content });
