import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, IfMatch } from '@okienko/chassis/http';
import { RuleCommands } from './rules.commands';
import {
  ChangeRule,
  MakeRule,
  type RuleTrial,
  type RuleView,
  type RuleWithHistory,
  SwitchRuleOff,
  TryRule,
} from './rules.dto';
import { RuleQueries } from './rules.queries';
import { TrialQueries } from './trial.queries';

@Controller('message-rules')
export class RuleController {
  constructor(
    private readonly rules: RuleCommands,
    private readonly queries: RuleQueries,
    private readonly trials: TrialQueries,
  ) {}

  /** What is told to whom, by the codes of the rules. */
  @Get()
  @Allow('coordinator', 'services-organiser', 'director', 'auditor', 'operator')
  list(): Promise<RuleView[]> {
    return this.queries.list();
  }

  @Post()
  @Creates()
  @Allow('services-organiser', 'director')
  make(@Body() body: MakeRule, @Caller() caller: Principal): Promise<Changed> {
    return this.rules.make(body, caller);
  }

  /** What a rule would have done with events of the past. Changes nothing. */
  @Post('trial')
  @Acts()
  @Allow('services-organiser', 'director')
  try(@Body() body: TryRule, @Caller() caller: Principal): Promise<RuleTrial> {
    return this.trials.try(body, caller);
  }

  /** With all that was ever decided about it. */
  @Get(':code')
  @Allow('coordinator', 'services-organiser', 'director', 'auditor', 'operator')
  get(@Param('code') code: string): Promise<RuleWithHistory> {
    return this.queries.get(code);
  }

  /** Says the rule anew, from a moment on; switches it on again where it was off. */
  @Post(':code/editions')
  @Acts()
  @Allow('services-organiser', 'director')
  change(
    @Param('code') code: string,
    @IfMatch() version: number,
    @Body() body: ChangeRule,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.rules.change(code, version, body, caller);
  }

  @Post(':code/switching-off')
  @Acts()
  @Allow('services-organiser', 'director')
  switchOff(
    @Param('code') code: string,
    @IfMatch() version: number,
    @Body() body: SwitchRuleOff,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.rules.switchOff(code, version, body, caller);
  }
}
