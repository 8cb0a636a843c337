import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { staff } from '../provider-account';
import { ProviderCommands } from './providers.commands';
import {
  DeactivateProvider,
  DescribeProvider,
  ListProviders,
  ProviderView,
  Registered,
  RegisterProvider,
  RejectProvider,
  VerifyProvider,
} from './providers.dto';
import { ProviderQueries } from './providers.queries';

@Controller('providers')
@Allow(...staff, 'provider')
export class ProviderController {
  constructor(
    private readonly commands: ProviderCommands,
    private readonly queries: ProviderQueries,
  ) {}

  /** Registers a body that performs services (art. 7(2)), if it is given with its places of service and what it offers there. */
  @Post()
  @Creates()
  @Allow('services-organiser', 'director', 'operator')
  register(@Body() body: RegisterProvider, @Caller() caller: Principal): Promise<Registered> {
    return this.commands.register(body, caller);
  }

  @Get()
  list(@Query() query: ListProviders, @Caller() caller: Principal): Promise<Page<ProviderView>> {
    return this.queries.list(query, caller);
  }

  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal): Promise<ProviderView> {
    return this.queries.get(id, caller);
  }

  /** The entry as it should be, whole; what is left out is taken away. A provider corrects its own only. */
  @Post(':id/details')
  @Acts()
  @Allow('services-organiser', 'director', 'operator', 'provider')
  correct(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: DescribeProvider,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.correct(id, version, body, caller);
  }

  /** The entry agrees with the registers. */
  @Post(':id/verification')
  @Acts()
  @Allow('services-organiser', 'director')
  verify(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: VerifyProvider,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.verify(id, version, body, caller);
  }

  /** The entry does not agree with the registers. */
  @Post(':id/rejection')
  @Acts()
  @Allow('services-organiser', 'director')
  reject(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reasonCode }: RejectProvider,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.reject(id, version, reasonCode, caller);
  }

  /** It gets no new orders from now on. */
  @Post(':id/deactivation')
  @Acts()
  @Allow('services-organiser', 'director', 'operator')
  deactivate(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reasonCode }: DeactivateProvider,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.deactivate(id, version, reasonCode, caller);
  }

  @Post(':id/reactivation')
  @Acts()
  @Allow('services-organiser', 'director', 'operator')
  reactivate(@Id() id: string, @IfMatch() version: number, @Caller() caller: Principal): Promise<Changed> {
    return this.commands.reactivate(id, version, caller);
  }
}
