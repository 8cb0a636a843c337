import { Body, Controller, Get, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { NeedsRecognitionCommands } from './needs-recognitions.commands';
import { type NeedsRecognitionView, RecordNeedsRecognition, ScheduleNeedsRecognition } from './needs-recognitions.dto';
import { NeedsRecognitionQueries } from './needs-recognitions.queries';

@Controller('needs-recognitions')
@Allow('coordinator')
export class NeedsRecognitionController {
  constructor(
    private readonly commands: NeedsRecognitionCommands,
    private readonly queries: NeedsRecognitionQueries,
  ) {}

  @Creates()
  @Post()
  schedule(
    @Body() body: ScheduleNeedsRecognition,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.schedule(body, { caller, purpose });
  }

  @Acts()
  @Post(':id/record')
  record(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: RecordNeedsRecognition,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.record(id, version, body, { caller, purpose });
  }

  @Allow('coordinator', 'services-organiser', 'director')
  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<NeedsRecognitionView> {
    return this.queries.get(id, { caller, purpose });
  }
}
