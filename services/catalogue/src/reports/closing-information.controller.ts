import { Body, Controller, Get, Header, Post } from '@nestjs/common';
import { Allow, Public } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import { pdfOf } from '@okienko/printing/pdf';
import { renderedOnce } from '@okienko/printing/rendered';
import { ClosingInformationCommands } from './closing-information.commands';
import {
  ClosingInformationView,
  PublishClosingInformation,
  PublishedClosingInformation,
} from './closing-information.dto';
import { printedClosingInformation } from './closing-information-printed';
import { ClosingInformationQueries } from './closing-information.queries';
import { reportCsv } from './csv';

/** What is told of a programme within four months of its end (art. 6), for the bulletins (BIP) of the gmina and of the centre. */
@Controller('programmes')
@Allow('services-organiser', 'director')
export class ClosingInformationController {
  constructor(
    private readonly closings: ClosingInformationCommands,
    private readonly queries: ClosingInformationQueries,
  ) {}

  @Public()
  @Get(':id/closing-information')
  get(@Id() id: string): Promise<PublishedClosingInformation> {
    return this.queries.published(id);
  }

  /** The same as a table: part, item, measure, value. */
  @Public()
  @Get(':id/closing-information.csv')
  @Header('Content-Type', 'text/csv; charset=utf-8; header=present')
  async csv(@Id() id: string): Promise<string> {
    return reportCsv(printedClosingInformation(await this.queries.published(id)));
  }

  /** The same to print, and for screen readers (PDF/UA). */
  @Public()
  @Get(':id/closing-information.pdf')
  @Header('Content-Type', 'application/pdf')
  async pdf(@Id() id: string): Promise<Buffer> {
    const document = await this.queries.published(id);
    return renderedOnce(`closing-information ${id}`, () =>
      pdfOf(printedClosingInformation(document), new Date(document.generatedAt)),
    );
  }

  /** As it would be fixed at this moment, without the additions of the office. */
  @Get(':id/closing-information/preview')
  preview(@Id() id: string): Promise<ClosingInformationView> {
    return this.queries.preview(id) as Promise<ClosingInformationView>;
  }

  /** Fixes and publishes it: the figures of this moment, and what the office adds. The programme is then reported. */
  @Acts()
  @Post(':id/closing-information')
  publish(@Id() id: string, @IfMatch() version: number, @Body() body: PublishClosingInformation): Promise<Changed> {
    return this.closings.publish(id, version, body);
  }
}
