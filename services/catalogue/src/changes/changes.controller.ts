import { Controller, Get, Query } from '@nestjs/common';
import { Public } from '@okienko/chassis/access';
import { FollowChanges, ProgrammeChanges, ServiceOfferChanges, ServiceOfferSnapshot } from './changes.dto';
import { ChangeQueries } from './changes.queries';

@Controller()
export class ChangeController {
  constructor(private readonly changes: ChangeQueries) {}

  /**
   * Every offer that has changed after the cursor, once, with its newest public content or a tombstone, in the order of the changes.
   * Without `after`: from the beginning. Free places are no part of it; read the offer for them.
   */
  @Public()
  @Get('service-offer-changes')
  offers(@Query() query: FollowChanges): Promise<ServiceOfferChanges> {
    return this.changes.offers(query);
  }

  /** All published offers, page by page, with the position from which the changes make the copy whole and keep it so. */
  @Public()
  @Get('service-offer-snapshot')
  snapshot(@Query() query: FollowChanges): Promise<ServiceOfferSnapshot> {
    return this.changes.snapshot(query);
  }

  /** The same for programmes. They are few: a copy is made by following from the beginning. */
  @Public()
  @Get('programme-changes')
  programmes(@Query() query: FollowChanges): Promise<ProgrammeChanges> {
    return this.changes.programmes(query);
  }
}
