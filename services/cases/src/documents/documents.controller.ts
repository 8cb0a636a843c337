import { Body, Controller, Get, Header, Post, Query, Res } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { type Changed, Creates, Id } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import type { FastifyReply } from 'fastify';
import { Purpose } from '../access/purpose.decorator';
import { DocumentCommands } from './documents.commands';
import {
  type DocumentFormat,
  type DocumentSummary,
  type DocumentView,
  IssueDocument,
  ListDocuments,
  ReadDocument,
} from './documents.dto';
import { DocumentQueries } from './documents.queries';

const mediaTypes: Readonly<Record<DocumentFormat, string>> = {
  pdf: 'application/pdf',
  html: 'text/html; charset=utf-8',
};

@Controller('documents')
@Allow('desk', 'coordinator', 'services-organiser', 'director')
export class DocumentController {
  constructor(
    private readonly commands: DocumentCommands,
    private readonly queries: DocumentQueries,
  ) {}

  /** Issues a notice of what is qualified, a decision, a plan or the summary of a plan, as its subject is at this moment. */
  @Allow('coordinator', 'services-organiser', 'director')
  @Creates()
  @Post()
  issue(@Body() body: IssueDocument, @Caller() caller: Principal, @Purpose() purpose: string): Promise<Changed> {
    return this.commands.issue(body, { caller, purpose });
  }

  @Get()
  list(@Query() query: ListDocuments, @Caller() caller: Principal): Promise<Page<DocumentSummary>> {
    return this.queries.list(query, caller);
  }

  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<DocumentView> {
    return this.queries.get(id, { caller, purpose });
  }

  /** The same bytes for ever, as PDF (PDF/UA) or as a page (`text/html`). */
  @Get(':id/content')
  @Header('Content-Type', 'application/pdf')
  async content(
    @Id() id: string,
    @Query() { format = 'pdf' }: ReadDocument,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const content = await this.queries.content(id, format, { caller, purpose });
    void reply
      .header('Content-Type', mediaTypes[format])
      .header('Content-Disposition', `inline; filename="${id}.${format}"`)
      .header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
    return content;
  }
}
