import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { staff } from '../provider-account';
import { RequiredQualificationCommands } from './required-qualifications.commands';
import {
  EndRequiredQualification,
  ListRequiredQualifications,
  RequiredQualificationView,
  RequireQualification,
} from './required-qualifications.dto';
import { RequiredQualificationQueries } from './required-qualifications.queries';

@Controller('required-qualifications')
@Allow('services-organiser', 'director')
export class RequiredQualificationController {
  constructor(
    private readonly commands: RequiredQualificationCommands,
    private readonly queries: RequiredQualificationQueries,
  ) {}

  /** From that day on nobody performs the service without this qualification (art. 2(3)). */
  @Post()
  @Creates()
  layDown(@Body() body: RequireQualification, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.layDown(body, caller);
  }

  @Get()
  @Allow(...staff, 'provider')
  list(@Query() query: ListRequiredQualifications): Promise<Page<RequiredQualificationView>> {
    return this.queries.list(query);
  }

  @Post(':id/end')
  @Acts()
  end(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { to }: EndRequiredQualification,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.end(id, version, to, caller);
  }
}
