import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { SurveyTokenIssuer } from './survey-token.issuer';
import { SurveyCommands } from './surveys.commands';
import {
  ListSurveys,
  RecordAnswers,
  SurveySummary,
  SurveyTokenIssued,
  SurveyView,
  ThroughChannel,
} from './surveys.dto';
import { SurveyQueries } from './surveys.queries';

/** What was answered is in no answer of these routes: it is told in figures alone. */
@Controller('surveys')
@Allow('desk', 'coordinator')
export class SurveyController {
  constructor(
    private readonly commands: SurveyCommands,
    private readonly queries: SurveyQueries,
    private readonly tokens: SurveyTokenIssuer,
  ) {}

  /** Who may be asked, oldest first. */
  @Get()
  @Allow('desk', 'coordinator', 'services-organiser', 'director', 'auditor')
  list(@Query() query: ListSurveys, @Caller() caller: Principal): Promise<Page<SurveySummary>> {
    return this.queries.list(query, caller);
  }

  /** With what is asked. */
  @Get(':id')
  @Allow('desk', 'coordinator', 'services-organiser', 'director', 'auditor')
  get(@Id() id: string, @Caller() caller: Principal): Promise<SurveyView> {
    return this.queries.get(id, caller);
  }

  /** What the recipient has said to staff of the centre. */
  @Post(':id/answers')
  @Acts()
  record(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { channel, answers }: RecordAnswers,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.answer(id, version, answers, { caller, channel });
  }

  /** The recipient does not want to answer, and is not asked again about this. */
  @Post(':id/declination')
  @Acts()
  decline(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { channel }: ThroughChannel,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.decline(id, version, { caller, channel });
  }

  /** A token for the recipient: with it this survey can be read, and answered once, until its last day. The one before counts no more. */
  @Post(':id/answer-token')
  @Acts()
  async issueToken(
    @Id() id: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
  ): Promise<SurveyTokenIssued> {
    const issued = await this.commands.issueToken(id, version, caller);
    return { id, version: issued.version, expiresAt: issued.expiresAt, token: await this.tokens.sign(issued) };
  }
}
