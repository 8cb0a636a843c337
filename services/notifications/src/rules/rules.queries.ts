import { Injectable } from '@nestjs/common';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import type { Sql } from '@okienko/privacy/sql';
import { DataSource } from 'typeorm';
import { settlingTime } from './message-rule';
import { type BookEntry, inForce, RuleBook } from './rule-book';
import type { RuleEditionView, RuleView, RuleWithHistory } from './rules.dto';

type EditionRow = RuleEditionView & { readonly code: string; readonly version: number };

const editions = `select r.code, r.version, e.edition, e.in_force_from as "inForceFrom", e.is_on as "isOn", e.content as rule,
    e.decided_by as "decidedBy", e.decided_at as "decidedAt", e.reason
  from message_rule r join message_rule_edition e on e.rule_id = r.id`;

@Injectable()
export class RuleQueries {
  private copy: { readonly book: RuleBook; readonly knownUntil: number } | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * The rules by which what happened at that moment is decided. A new edition counts from `settlingTime` after its decision at the
   * earliest, so a copy knows all that will count until half of that has passed; later events want a new copy.
   */
  async bookFor(at: Date, sql: Sql): Promise<RuleBook> {
    if (!this.copy || at.getTime() >= this.copy.knownUntil) {
      const knownUntil = this.clock.now().getTime() + settlingTime / 2;
      const entries = await sql.query<BookEntry>(
        `select r.code, e.edition, e.in_force_from as "inForceFrom", e.is_on as "isOn", e.content
         from message_rule r join message_rule_edition e on e.rule_id = r.id`,
        [],
      );
      this.copy = { book: new RuleBook(entries), knownUntil };
    }
    return this.copy.book;
  }

  /** By their codes, each with the edition in force. */
  async list(): Promise<RuleView[]> {
    const rows = await this.dataSource.query<EditionRow[]>(`${editions} order by r.code, e.edition`);
    return [...Map.groupBy(rows, ({ code }) => code).values()].map((history) => this.viewOf(history));
  }

  async get(code: string): Promise<RuleWithHistory> {
    const rows = await this.dataSource.query<EditionRow[]>(`${editions} where r.code = $1 order by e.edition`, [code]);
    if (rows.length === 0) throw new NotFound('rule of messages');
    const history = rows.map(({ code: _code, version: _version, ...edition }) => edition);
    return { ...this.viewOf(rows), editions: history.toReversed() };
  }

  /** Id of the rule with that code. */
  async idOf(code: string, sql: Sql): Promise<string> {
    const [row] = await sql.query<{ id: string }>('select id from message_rule where code = $1', [code]);
    if (!row) throw new NotFound('rule of messages');
    return row.id;
  }

  private viewOf(history: readonly EditionRow[]): RuleView {
    const now = this.clock.now();
    const last = history.at(-1) as EditionRow;
    const { code, version } = last;
    const current = inForce(history, now);
    return {
      code,
      version,
      edition: current?.edition ?? null,
      isOn: current?.isOn ?? false,
      rule: (current ?? last).rule,
      comesInForceAt: last.inForceFrom > now ? last.inForceFrom : null,
    };
  }
}
