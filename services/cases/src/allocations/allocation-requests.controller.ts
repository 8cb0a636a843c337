import { Body, Controller, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { AllocationRequestCommands } from './allocation-requests.commands';
import {
  AnswerQuestion,
  AskForChange,
  AskForEnd,
  RefuseRequest,
  RequestAnswered,
  RequestRaised,
} from './allocation-requests.dto';

@Controller('allocations/:id')
@Allow('coordinator', 'services-organiser', 'director')
export class AllocationRequestController {
  constructor(private readonly commands: AllocationRequestCommands) {}

  /** The centre asks the provider for other terms within what is granted; they change once the provider agrees. */
  @Acts()
  @Post('change-request')
  askForChange(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reasonCode: code, ...terms }: AskForChange,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<RequestRaised> {
    return this.commands.ask(id, version, { kind: 'CHANGE', code, terms: given(terms) }, { caller, purpose });
  }

  /** The centre asks the provider to let the service go; another provider goes on once it agrees. */
  @Acts()
  @Post('end-request')
  askForEnd(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reasonCode: code }: AskForEnd,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<RequestRaised> {
    return this.commands.ask(id, version, { kind: 'END', code }, { caller, purpose });
  }

  /** The change holds from now on; an end takes the service from this provider, not from the person. */
  @Acts()
  @Post('requests/:requestId/agreement')
  agree(
    @Id() id: string,
    @Id('requestId') requestId: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<RequestAnswered> {
    return this.commands.answer(id, version, requestId, { outcome: 'AGREED' }, { caller, purpose });
  }

  @Acts()
  @Post('requests/:requestId/refusal')
  refuse(
    @Id() id: string,
    @Id('requestId') requestId: string,
    @IfMatch() version: number,
    @Body() { reasonCode: answerCode }: RefuseRequest,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<RequestAnswered> {
    return this.commands.answer(id, version, requestId, { outcome: 'REFUSED', answerCode }, { caller, purpose });
  }

  @Acts()
  @Post('requests/:requestId/answer')
  answer(
    @Id() id: string,
    @Id('requestId') requestId: string,
    @IfMatch() version: number,
    @Body() { answerCode }: AnswerQuestion,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<RequestAnswered> {
    return this.commands.answer(id, version, requestId, { outcome: 'ANSWERED', answerCode }, { caller, purpose });
  }
}

/** Without what was left out. */
const given = (terms: Omit<AskForChange, 'reasonCode'>): object =>
  Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined && value !== null));
