import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import type { Page } from '@okienko/chassis/page';
import { Controller, Get, Query } from '@nestjs/common';
import { staff } from '../provider-account';
import { AskForAvailability, AvailabilityView } from './availability.dto';
import { AvailabilityQueries } from './availability.queries';

@Controller('availability')
@Allow(...staff)
export class AvailabilityController {
  constructor(private readonly queries: AvailabilityQueries) {}

  /** Free places of a service by day, of all its providers. */
  @Get()
  find(@Query() query: AskForAvailability, @Caller() caller: Principal): Promise<Page<AvailabilityView>> {
    return this.queries.ofOffer(query, caller);
  }
}
