import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { DomainError } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { TemplateQueries } from '../templates/templates.queries';
import { type Decision, MessageRule } from './message-rule';
import type { RuleContent } from './rule';
import { RuleQueries } from './rules.queries';
import type { ChangeRule, MakeRule, SwitchRuleOff } from './rules.dto';

export class RuleExists extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'rule-exists';
  constructor(code: string) {
    super(`There is a rule "${code}" already. Give that one a new edition, or choose another code.`);
  }
}

@Injectable()
export class RuleCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly queries: RuleQueries,
    private readonly templates: TemplateQueries,
  ) {}

  make({ code, rule: content, ...given }: MakeRule, by: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      // Of two who choose the same code at once the second is told so.
      await work.query(`select pg_advisory_xact_lock(hashtextextended('rule ' || current_schema() || ' ' || $1, 0))`, [
        code,
      ]);
      const taken = await work.query('select from message_rule where code = $1', [code]);
      if (taken.length > 0) throw new RuleExists(code);
      const decision = this.decisionOf(given, by);
      const rule = MessageRule.make(uuidv7(), code, content, decision, await this.factsOf(work, content));
      await work.save(rule, rule.changed(by.sub));
      return keep(work, rule, decision);
    });
  }

  change(code: string, expectedVersion: number, { rule: content, ...given }: ChangeRule, by: Principal) {
    return this.decide(code, expectedVersion, given, by, async (rule, decision, work) => {
      rule.change(content, decision, await this.factsOf(work, content));
      return rule.changed(by.sub);
    });
  }

  switchOff(code: string, expectedVersion: number, given: SwitchRuleOff, by: Principal) {
    return this.decide(code, expectedVersion, given, by, async (rule, decision) => {
      rule.switchOff(decision);
      return rule.switchedOff(by.sub);
    });
  }

  private decide(
    code: string,
    expectedVersion: number,
    given: SwitchRuleOff,
    by: Principal,
    act: (
      rule: MessageRule,
      decision: Decision,
      work: Work,
    ) => Promise<ReturnType<MessageRule['changed']> | ReturnType<MessageRule['switchedOff']>>,
  ): Promise<Changed> {
    return this.work.run(async (work) => {
      const rule = await work.load(MessageRule, await this.queries.idOf(code, work), expectedVersion);
      const decision = this.decisionOf(given, by);
      await work.save(rule, await act(rule, decision, work));
      return keep(work, rule, decision);
    });
  }

  /** What its text tells of; undefined where there is no such text. */
  private async factsOf(work: Work, { template }: RuleContent): Promise<readonly string[] | undefined> {
    return (await this.templates.factsByCode(work)).get(template);
  }

  private decisionOf({ reason, inForceFrom }: SwitchRuleOff, { sub: by }: Principal): Decision {
    const from = inForceFrom === undefined ? undefined : new Date(inForceFrom);
    return { inForceFrom: from, reason, by, at: this.clock.now() };
  }
}

function keep(work: Work, rule: MessageRule, { by, at, reason }: Decision): Changed {
  const { edition, inForceFrom, isOn, content } = rule.decided;
  work.send(
    `insert into message_rule_edition (rule_id, edition, in_force_from, is_on, content, decided_by, decided_at, reason)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [rule.id, edition, inForceFrom, isOn, JSON.stringify(content), by, at, reason],
  );
  return { id: rule.id, version: rule.version };
}
