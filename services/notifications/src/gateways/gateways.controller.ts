import { Controller, Get } from '@nestjs/common';
import { Allow } from '@okienko/chassis/access';
import type { GatewayList } from './gateways.dto';
import { GatewayQueries } from './gateways.queries';

@Controller('gateways')
@Allow('operator', 'director', 'auditor')
export class GatewayController {
  constructor(private readonly queries: GatewayQueries) {}

  @Get()
  async list(): Promise<GatewayList> {
    return { items: await this.queries.list() };
  }
}
