import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import { type Page, PageQuery } from '@okienko/chassis/page';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Purpose } from '../access/purpose.decorator';
import { StaffMemberCommands } from './staff-members.commands';
import {
  CorrectName,
  ListProviderActs,
  type ProviderActView,
  RecordStaffMember,
  type StaffMemberView,
} from './staff-members.dto';
import { StaffMemberQueries } from './staff-members.queries';

/** Who acts under the account of a provider. The provider keeps the list itself. */
@Controller()
@Allow('provider', 'operator')
export class StaffMemberController {
  constructor(
    private readonly commands: StaffMemberCommands,
    private readonly queries: StaffMemberQueries,
  ) {}

  @Get('providers/:id/staff')
  @Allow('provider', 'operator', 'services-organiser', 'director')
  list(
    @Id() id: string,
    @Query() page: PageQuery,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Page<StaffMemberView>> {
    return this.queries.list(id, page, { caller, purpose });
  }

  /** Names the holder of an account. */
  @Post('providers/:id/staff')
  @Creates()
  record(
    @Id() id: string,
    @Body() { account, name }: RecordStaffMember,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.record(id, account, name, { caller, purpose });
  }

  @Get('providers/:id/acts')
  @Allow('provider', 'coordinator', 'services-organiser', 'director', 'auditor')
  acts(
    @Id() id: string,
    @Query() query: ListProviderActs,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Page<ProviderActView>> {
    return this.queries.acts(id, query, { caller, purpose });
  }

  @Post('staff-members/:id/name')
  @Acts()
  correctName(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { name }: CorrectName,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.correctName(id, version, name, { caller, purpose });
  }

  /** The account is refused from now on, for whatever it asks. */
  @Post('staff-members/:id/deactivation')
  @Acts()
  deactivate(
    @Id() id: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.deactivate(id, version, { caller, purpose });
  }

  @Post('staff-members/:id/reactivation')
  @Acts()
  reactivate(
    @Id() id: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.reactivate(id, version, { caller, purpose });
  }
}
