import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal, Public } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import { ServiceOfferCommands } from './service-offers.commands';
import {
  ConfirmServiceOffer,
  DraftServiceOffer,
  ListServiceOffers,
  ServiceOfferPage,
  ServiceOfferView,
  WithdrawServiceOffer,
} from './service-offers.dto';
import { ServiceOfferQueries } from './service-offers.queries';

@Controller('service-offers')
@Allow('services-organiser', 'director')
export class ServiceOfferController {
  constructor(
    private readonly offers: ServiceOfferCommands,
    private readonly queries: ServiceOfferQueries,
  ) {}

  /** The public directory (art. 13(1)(9)): published offers with their free places. */
  @Public()
  @Get()
  list(@Query() query: ListServiceOffers, @Caller() caller: Principal | undefined): Promise<ServiceOfferPage> {
    return this.queries.list(query, caller);
  }

  @Public()
  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal | undefined): Promise<ServiceOfferView> {
    return this.queries.get(id, caller);
  }

  @Creates()
  @Post()
  draft(@Body() body: DraftServiceOffer): Promise<Changed> {
    return this.offers.draft(body);
  }

  /** Opens the offer to residents. A PUS offer waits for its programme to be in force. */
  @Acts()
  @Post(':id/publication')
  publish(@Id() id: string, @IfMatch() version: number): Promise<Changed> {
    return this.offers.publish(id, version);
  }

  /** Says the same service better. Programme, service, law, gmina and unit stay: plans and orders count on them. */
  @Acts()
  @Post(':id/revision')
  revise(@Id() id: string, @IfMatch() version: number, @Body() body: DraftServiceOffer): Promise<Changed> {
    return this.offers.revise(id, version, body);
  }

  /** Records that the owner of an information-only entry has confirmed it. */
  @Acts()
  @Post(':id/confirmation')
  confirm(@Id() id: string, @IfMatch() version: number, @Body() body: ConfirmServiceOffer): Promise<Changed> {
    return this.offers.confirm(id, version, body.confirmedOn);
  }

  @Acts()
  @Post(':id/withdrawal')
  withdraw(@Id() id: string, @IfMatch() version: number, @Body() body: WithdrawServiceOffer): Promise<Changed> {
    return this.offers.withdraw(id, version, body.reasonCode);
  }
}
