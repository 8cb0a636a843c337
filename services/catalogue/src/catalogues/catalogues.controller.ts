import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import { Allow } from '@okienko/chassis/access';
import { Creates } from '@okienko/chassis/http';
import type { FastifyReply } from 'fastify';
import { CatalogueCommands } from './catalogues.commands';
import { Catalogue, CataloguePage, HowToExport, HowToImport, ImportReport } from './catalogues.dto';
import { CatalogueQueries } from './catalogues.queries';

@Controller()
@Allow('services-organiser', 'director')
export class CatalogueController {
  constructor(
    private readonly catalogues: CatalogueCommands,
    private readonly queries: CatalogueQueries,
  ) {}

  /**
   * Takes a catalogue in, wholly or not at all. Records are known again by their ids: what the directory has already is revised where it
   * differs. What the catalogue does not list stays as it is. A dry run is answered with 200.
   */
  @Creates()
  @Post('catalogue-imports')
  async import(
    @Body() body: Catalogue,
    @Query() { dryRun }: HowToImport,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportReport> {
    if (dryRun !== 'true') return this.catalogues.import(body);
    void reply.status(200);
    return this.catalogues.try(body);
  }

  /** The same again, with what has been said better since; services in the order in which they came. */
  @Get('catalogue-exports')
  export(@Query() query: HowToExport): Promise<CataloguePage> {
    return this.queries.export(query);
  }
}
