import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { ruleChangedV1 } from '@okienko/contracts/notifications/rule-changed.v1';
import { ruleSwitchedOffV1 } from '@okienko/contracts/notifications/rule-switched-off.v1';
import type { RuleContent } from './rule';
import { assertSound } from './sound-rule';

/** Milliseconds until every replica knows a change: none then decides an event by the old words that another decides by the new. */
export const settlingTime = 2_000;

export class RuleBeginsInThePast extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'rule-begins-in-the-past';
  constructor() {
    super('What has happened was told under the rules of its time. Leave out the beginning, or choose one to come.');
  }
}

/** Who decided it, why, and from when it counts; at once unless they say. */
export interface Decision {
  readonly inForceFrom?: Date | undefined;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
}

/** What was decided, as it is kept for ever. */
export interface DecidedEdition {
  readonly edition: number;
  readonly inForceFrom: Date;
  readonly isOn: boolean;
  readonly content: RuleContent;
}

/** A rule of messages with what was decided last; every edition of it stays. */
export class MessageRule {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly code: string,
    private edition: number,
    private inForceFrom: Date,
    private isOn: boolean,
    private content: RuleContent,
  ) {}

  static make(
    id: string,
    code: string,
    content: RuleContent,
    decision: Decision,
    facts: readonly string[] | undefined,
  ): MessageRule {
    const rule = new MessageRule(id, 0, code, 0, decision.at, false, content);
    rule.change(content, decision, facts);
    return rule;
  }

  /** Every edition says it all anew; after a switching off it is on again. `facts`: what its text tells of. */
  change(content: RuleContent, decision: Decision, facts: readonly string[] | undefined): void {
    assertSound(content, facts);
    this.decide(content, true, decision);
  }

  switchOff(decision: Decision): void {
    if (!this.isOn) throw new NotInState('rule', 'switched off', 'switched off');
    this.decide(this.content, false, decision);
  }

  get decided(): DecidedEdition {
    const { edition, inForceFrom, isOn, content } = this;
    return { edition, inForceFrom, isOn, content };
  }

  changed(by: string): DomainEvent<typeof ruleChangedV1> {
    const { audience, standing, template } = this.content;
    return event(ruleChangedV1, this.id, { ...this.about(by), audience, standing, template });
  }

  switchedOff(by: string): DomainEvent<typeof ruleSwitchedOffV1> {
    return event(ruleSwitchedOffV1, this.id, this.about(by));
  }

  private about(decidedBy: string) {
    const { code, edition, inForceFrom } = this;
    return { code, edition, inForceFrom: inForceFrom.toISOString(), decidedBy };
  }

  private decide(content: RuleContent, isOn: boolean, { inForceFrom, at }: Decision): void {
    if (inForceFrom && inForceFrom < at) throw new RuleBeginsInThePast();
    const earliest = at.getTime() + settlingTime;
    this.inForceFrom = new Date(Math.max(earliest, inForceFrom?.getTime() ?? earliest));
    this.edition += 1;
    this.isOn = isOn;
    this.content = content;
  }
}
