import { Controller, Get, Query } from '@nestjs/common';
import { Public } from '@okienko/chassis/access';
import { CommunityPlanQueries } from './community-plans.queries';
import { ListSupportingActivities, SupportingActivityPage } from './supporting-activities.dto';

@Controller('supporting-activities')
export class SupportingActivityController {
  constructor(private readonly queries: CommunityPlanQueries) {}

  /** Self-help, volunteering, neighbour help (art. 13(1)(6)) of the community plans that are going on, as long as they go on. */
  @Public()
  @Get()
  list(@Query() query: ListSupportingActivities): Promise<SupportingActivityPage> {
    return this.queries.activities(query);
  }
}
