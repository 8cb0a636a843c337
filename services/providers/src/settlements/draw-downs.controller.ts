import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Id } from '@okienko/chassis/http';
import { Controller, Get } from '@nestjs/common';
import { staff } from '../provider-account';
import { DrawDownView } from './settlements.dto';
import { SettlementQueries } from './settlements.queries';

@Controller('agreements')
@Allow(...staff, 'provider')
export class DrawDownController {
  constructor(private readonly queries: SettlementQueries) {}

  /** How much of the ceiling is ordered, delivered and invoiced. */
  @Get(':id/draw-down')
  get(@Id() id: string, @Caller() caller: Principal): Promise<DrawDownView> {
    return this.queries.drawDown(id, caller);
  }
}
