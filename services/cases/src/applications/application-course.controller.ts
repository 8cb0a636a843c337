import { Body, Controller, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { ApplicationCourseCommands } from './application-course.commands';
import {
  AssignCoordinator,
  CallForCompletion,
  CompleteApplication,
  ForwardApplication,
  RecordDelay,
  SendForwarded,
  ServeCompletionCall,
} from './application-course.dto';
import { StateFacts } from './application-facts.dto';

@Controller('applications/:id')
@Allow('desk', 'coordinator', 'services-organiser', 'director')
export class ApplicationCourseController {
  constructor(private readonly commands: ApplicationCourseCommands) {}

  /** What was stated and shown, told anew and whole. */
  @Acts()
  @Post('facts')
  reviseFacts(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: StateFacts,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.reviseFacts(id, version, body, { caller, purpose });
  }

  /** Everything not decided waits until what is missing has come (KPA art. 64 § 2). */
  @Allow('coordinator', 'services-organiser', 'director')
  @Acts()
  @Post('completion-call')
  callForCompletion(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: CallForCompletion,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.callForCompletion(id, version, body, { caller, purpose });
  }

  /** The applicant has got the call: its term runs from that day. Told again, it puts the day right. */
  @Acts()
  @Post('completion-call/service')
  serveCompletionCall(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ServeCompletionCall,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.serveCompletionCall(id, version, body.servedOn, { caller, purpose });
  }

  @Acts()
  @Post('completion')
  complete(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: CompleteApplication,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.complete(id, version, body.completedOn, { caller, purpose });
  }

  /** Only after the term of the call has passed. */
  @Allow('coordinator', 'services-organiser', 'director')
  @Acts()
  @Post('left-unexamined')
  leaveUnexamined(
    @Id() id: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.leaveUnexamined(id, version, { caller, purpose });
  }

  /** Whole or in part, as agreed with the applicant (art. 38(1)). */
  @Allow('coordinator')
  @Acts()
  @Post('forwarding')
  forward(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ForwardApplication,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.forward(id, version, body, { caller, purpose });
  }

  /** The papers of all that was forwarded have gone. */
  @Allow('desk', 'coordinator')
  @Acts()
  @Post('forwarding/dispatch')
  sendForwarded(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: SendForwarded,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.sendForwarded(id, version, body.sentOn, { caller, purpose });
  }

  /** All of its services that can be withdrawn still. */
  @Acts()
  @Post('withdrawal')
  withdraw(
    @Id() id: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.withdraw(id, version, { caller, purpose });
  }

  /** Who sees to it from now on; its clocks go over with it. */
  @Allow('coordinator', 'services-organiser', 'director')
  @Acts()
  @Post('coordinator')
  assignCoordinator(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: AssignCoordinator,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.assignCoordinator(id, version, body, { caller, purpose });
  }

  /** Time by which the matter is late because of the applicant (KPA art. 35 § 5). No clock stops for it. */
  @Allow('coordinator', 'services-organiser', 'director')
  @Acts()
  @Post('delays')
  recordDelay(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: RecordDelay,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.recordDelay(id, version, body, { caller, purpose });
  }
}
