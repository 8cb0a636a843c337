import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { type Changed, Creates, Id } from '@okienko/chassis/http';
import { type Page, PageQuery } from '@okienko/chassis/page';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { staff } from '../provider-account';
import { ProviderCommands } from './providers.commands';
import { ProviderView, RegisterProvider } from './providers.dto';
import { ProviderQueries } from './providers.queries';

@Controller('providers')
@Allow(...staff, 'provider')
export class ProviderController {
  constructor(
    private readonly commands: ProviderCommands,
    private readonly queries: ProviderQueries,
  ) {}

  /** Registers a body that performs services (art. 7(2)). */
  @Post()
  @Creates()
  @Allow('services-organiser', 'director', 'operator')
  register(@Body() body: RegisterProvider): Promise<Changed> {
    return this.commands.register(body);
  }

  @Get()
  list(@Query() page: PageQuery, @Caller() caller: Principal): Promise<Page<ProviderView>> {
    return this.queries.list(page, caller);
  }

  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal): Promise<ProviderView> {
    return this.queries.get(id, caller);
  }
}
