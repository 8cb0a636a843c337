import { Body, Controller, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import { Purpose } from '../access/purpose.decorator';
import { QualificationCommands } from './qualifications.commands';
import { type ItemQualified, type QualificationTrialView, QualifyItem } from './qualifications.dto';

@Controller('applications/:id/items/:itemId')
@Allow('coordinator', 'services-organiser', 'director')
export class QualificationController {
  constructor(private readonly commands: QualificationCommands) {}

  @Acts()
  @Post('qualification')
  qualify(
    @Id() id: string,
    @Id('itemId') itemId: string,
    @IfMatch() version: number,
    @Body() body: QualifyItem,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<ItemQualified> {
    return this.commands.qualify(id, itemId, version, body, { caller, purpose });
  }

  @Acts()
  @Post('rest-qualification')
  qualifyRest(
    @Id() id: string,
    @Id('itemId') itemId: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.qualifyRest(id, itemId, version, { caller, purpose });
  }

  /** Would the applicant qualify today? Explains condition by condition and changes nothing. */
  @Acts()
  @Post('qualification-trial')
  try(
    @Id() id: string,
    @Id('itemId') itemId: string,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<QualificationTrialView> {
    return this.commands.try(id, itemId, { caller, purpose });
  }
}
