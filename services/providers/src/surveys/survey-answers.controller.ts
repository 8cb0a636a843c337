import { Public } from '@okienko/chassis/access';
import { Acts, type Changed, FromStrangers, Id, IfMatch } from '@okienko/chassis/http';
import { Body, Controller, Get, Post } from '@nestjs/common';
import { Token } from '../service-orders/order-answers.controller';
import { SurveyTokenIssuer } from './survey-token.issuer';
import { SurveyCommands } from './surveys.commands';
import { AnswerSurvey, SurveyToAnswer } from './surveys.dto';
import { SurveyQueries } from './surveys.queries';

/** For whoever holds the survey's token. No other route takes it. */
@Controller('surveys/:id/answer')
@Public()
export class SurveyAnswerController {
  constructor(
    private readonly tokens: SurveyTokenIssuer,
    private readonly commands: SurveyCommands,
    private readonly queries: SurveyQueries,
  ) {}

  /** What is asked, and until when. */
  @Get()
  @FromStrangers()
  async get(@Id() id: string, @Token() token: string): Promise<SurveyToAnswer> {
    return this.queries.getByToken(id, await this.tokens.tokenIdOf(token, id));
  }

  /** What the recipient says. It cannot be told from what others say. */
  @Post()
  @Acts()
  @FromStrangers()
  async answer(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { answers }: AnswerSurvey,
    @Token() token: string,
  ): Promise<Changed> {
    return this.commands.answer(id, version, answers, { tokenId: await this.tokens.tokenIdOf(token, id) });
  }

  /** The recipient does not want to answer. */
  @Post('refusal')
  @Acts()
  @FromStrangers()
  async decline(@Id() id: string, @IfMatch() version: number, @Token() token: string): Promise<Changed> {
    return this.commands.decline(id, version, { tokenId: await this.tokens.tokenIdOf(token, id) });
  }
}
