import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { staff } from '../provider-account';
import { PlaceCommands } from './places.commands';
import { DescribePlace, ListPlaces, PlaceView, RegisterPlace } from './places.dto';
import { PlaceQueries } from './places.queries';

@Controller('places')
@Allow('services-organiser', 'director', 'operator', 'provider')
export class PlaceController {
  constructor(
    private readonly commands: PlaceCommands,
    private readonly queries: PlaceQueries,
  ) {}

  /** Where a provider serves. A provider registers its own places only. */
  @Post()
  @Creates()
  register(@Body() { providerId, ...details }: RegisterPlace, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.register(providerId, details, caller);
  }

  @Get()
  @Allow(...staff, 'provider')
  list(@Query() query: ListPlaces, @Caller() caller: Principal): Promise<Page<PlaceView>> {
    return this.queries.list(query, caller);
  }

  @Get(':id')
  @Allow(...staff, 'provider')
  get(@Id() id: string, @Caller() caller: Principal): Promise<PlaceView> {
    return this.queries.get(id, caller);
  }

  /** The place as it should be described, whole. */
  @Post(':id/details')
  @Acts()
  correct(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: DescribePlace,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.correct(id, version, body, caller);
  }

  /** The provider serves there no more. */
  @Post(':id/closure')
  @Acts()
  close(@Id() id: string, @IfMatch() version: number, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.close(id, version, caller);
  }
}
