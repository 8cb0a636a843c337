import { Controller, Get } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Id } from '@okienko/chassis/http';
import type { ReferralPacketView } from './referral-packets.dto';
import { ReferralPacketQueries } from './referral-packets.queries';

/** Providers know an order by its id alone; whom it serves they fetch here, each read logged. */
@Controller('service-orders')
@Allow('provider')
export class ReferralPacketController {
  constructor(private readonly packets: ReferralPacketQueries) {}

  @Get(':id/referral-packet')
  get(@Id() id: string, @Caller() caller: Principal): Promise<ReferralPacketView> {
    return this.packets.ofOrder(id, caller);
  }
}
