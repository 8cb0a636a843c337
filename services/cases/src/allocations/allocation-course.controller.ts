import { Body, Controller, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { AllocationCourseCommands } from './allocation-course.commands';
import {
  CompleteAllocation,
  ResignFromAllocation,
  ResumeAllocation,
  SuspendAllocation,
  TerminateAllocation,
} from './allocations.dto';

@Controller('allocations/:id')
@Allow('coordinator', 'services-organiser', 'director')
export class AllocationCourseController {
  constructor(private readonly commands: AllocationCourseCommands) {}

  @Acts()
  @Post('suspension')
  suspend(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { from, until, reasonCode }: SuspendAllocation,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    const suspension = { from, ...(until ? { until } : {}), reasonCode };
    return this.commands.suspend(id, version, suspension, { caller, purpose });
  }

  @Acts()
  @Post('resumption')
  resume(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { resumedOn }: ResumeAllocation,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.resume(id, version, resumedOn, { caller, purpose });
  }

  @Acts()
  @Post('completion')
  complete(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { completedOn }: CompleteAllocation,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.complete(id, version, completedOn, { caller, purpose });
  }

  @Acts()
  @Post('resignation')
  resign(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { resignedOn }: ResignFromAllocation,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.resign(id, version, resignedOn, { caller, purpose });
  }

  @Allow('services-organiser', 'director')
  @Acts()
  @Post('termination')
  terminate(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reasonCode, terminatedOn, decisionNumber }: TerminateAllocation,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    const termination = { reasonCode, terminatedOn, ...(decisionNumber ? { decisionNumber } : {}) };
    return this.commands.terminate(id, version, termination, { caller, purpose });
  }
}
