import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import { Body, Controller, Post } from '@nestjs/common';
import { AnswerTokenIssuer } from './answer-token.issuer';
import { OrderCorrespondenceCommands } from './order-correspondence.commands';
import {
  AnswerTokenIssued,
  AskForChange,
  AskForEnd,
  AskQuestion,
  PutAnswerOff,
  RefuseRequest,
  RequestRaised,
} from './order-correspondence.dto';

@Controller('service-orders/:id')
@Allow('provider')
export class OrderCorrespondenceController {
  constructor(
    private readonly commands: OrderCorrespondenceCommands,
    private readonly tokens: AnswerTokenIssuer,
  ) {}

  /** The provider will answer by that day, within what the centre allows. */
  @Post('answer-term')
  @Acts()
  putAnswerOff(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { answerBy }: PutAnswerOff,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.putAnswerOff(id, version, answerBy, caller);
  }

  /** The provider needs to know more; the coordinator answers with a code. */
  @Post('questions')
  @Acts()
  ask(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { questionCode: code }: AskQuestion,
    @Caller() caller: Principal,
  ): Promise<RequestRaised> {
    return this.commands.ask(id, version, { kind: 'QUESTION', code }, caller);
  }

  /** The provider asks for other terms within the order; they change once the centre agrees. */
  @Post('change-request')
  @Acts()
  askForChange(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reasonCode: code, ...terms }: AskForChange,
    @Caller() caller: Principal,
  ): Promise<RequestRaised> {
    return this.commands.ask(id, version, { kind: 'CHANGE', code, terms: given(terms) }, caller);
  }

  /** The provider asks to be rid of the order; it ends once the centre agrees, never before. */
  @Post('end-request')
  @Acts()
  askForEnd(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reasonCode: code }: AskForEnd,
    @Caller() caller: Principal,
  ): Promise<RequestRaised> {
    return this.commands.ask(id, version, { kind: 'END', code }, caller);
  }

  /** The provider agrees to what the centre asks. */
  @Post('requests/:requestId/agreement')
  @Acts()
  agree(
    @Id() id: string,
    @Id('requestId') requestId: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.answer(id, version, requestId, { outcome: 'AGREED' }, caller);
  }

  /** The provider refuses what the centre asks. */
  @Post('requests/:requestId/refusal')
  @Acts()
  refuse(
    @Id() id: string,
    @Id('requestId') requestId: string,
    @IfMatch() version: number,
    @Body() { reasonCode: answerCode }: RefuseRequest,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.answer(id, version, requestId, { outcome: 'REFUSED', answerCode }, caller);
  }

  /** A token for a provider without an account: with it the order can be read, and answered once, until the last day for the answer. */
  @Post('answer-token')
  @Acts()
  @Allow('coordinator', 'services-organiser', 'director')
  async issueToken(
    @Id() id: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
  ): Promise<AnswerTokenIssued> {
    const issued = await this.commands.issueToken(id, version, caller);
    return { id, version: issued.version, expiresAt: issued.expiresAt, token: await this.tokens.sign(issued) };
  }

  /** The token counts no more. */
  @Post('answer-token/revocation')
  @Acts()
  @Allow('coordinator', 'services-organiser', 'director')
  revokeToken(@Id() id: string, @IfMatch() version: number, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.revokeToken(id, version, caller);
  }
}

/** Without what was left out. */
const given = (terms: Omit<AskForChange, 'reasonCode'>): object =>
  Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined && value !== null));
