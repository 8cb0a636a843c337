import { Controller, Get, Query } from '@nestjs/common';
import { Public } from '@okienko/chassis/access';
import { AskForUnmetNeeds, UnmetNeeds } from './unmet-needs.dto';
import { UnmetNeedQueries } from './unmet-needs.queries';

@Controller('unmet-needs')
export class UnmetNeedController {
  constructor(private readonly queries: UnmetNeedQueries) {}

  /**
   * How many reported needs the centre has taken note of, by gmina and area, in one quarter that is over. What could tell of a
   * few persons is withheld, and no report of a later day changes the figures.
   */
  @Public()
  @Get()
  find(@Query() query: AskForUnmetNeeds): Promise<UnmetNeeds> {
    return this.queries.find(query);
  }
}
