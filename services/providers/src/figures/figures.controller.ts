import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Id } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Controller, Get, Header, Query } from '@nestjs/common';
import { figuresAsCsv } from './figure-tables';
import { FigureSpan, ListOfferFigures, OfferFigureSpan, ProviderFiguresView, ProviderOfOfferView } from './figures.dto';
import { FigureQueries } from './figures.queries';

/** How providers perform, with the numbers behind each figure. A provider sees its own. */
@Controller()
@Allow('coordinator', 'services-organiser', 'director', 'auditor')
export class FigureController {
  constructor(private readonly queries: FigureQueries) {}

  /** Of one provider, in all and for each of its services. */
  @Get('providers/:id/figures')
  @Allow('coordinator', 'services-organiser', 'director', 'auditor', 'provider')
  ofProvider(@Id() id: string, @Query() span: FigureSpan, @Caller() caller: Principal): Promise<ProviderFiguresView> {
    return this.queries.ofProvider(id, span, caller);
  }

  /** The same as a table. */
  @Get('providers/:id/figures.csv')
  @Allow('coordinator', 'services-organiser', 'director', 'auditor', 'provider')
  @Header('Content-Type', 'text/csv; charset=utf-8; header=present')
  async ofProviderAsCsv(@Id() id: string, @Query() span: FigureSpan, @Caller() caller: Principal): Promise<string> {
    const { providerId, name, total, offers } = await this.queries.ofProvider(id, span, caller);
    const rows = [{ ...total, offerId: null }, ...offers].map((row) => ({ providerId, name, ...row }));
    return figuresAsCsv(rows, span);
  }

  /** All providers of a service side by side, by name. There is no other order: this is no ranking. */
  @Get('figures')
  ofOffer(@Query() query: ListOfferFigures, @Caller() caller: Principal): Promise<Page<ProviderOfOfferView>> {
    return this.queries.ofOffer(query, caller);
  }

  /** The same as a table, with every provider. */
  @Get('figures.csv')
  @Header('Content-Type', 'text/csv; charset=utf-8; header=present')
  async ofOfferAsCsv(@Query() span: OfferFigureSpan, @Caller() caller: Principal): Promise<string> {
    return figuresAsCsv(await this.queries.everyOneOfOffer(span, caller), span);
  }
}
