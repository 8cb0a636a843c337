import { Body, Controller, Get, Header, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import { type Page, PageQuery } from '@okienko/chassis/page';
import { pdfOf } from '@okienko/printing/pdf';
import { Purpose } from '../access/purpose.decorator';
import { disposalProtocol } from './disposal-protocol';
import { DisposalCommands } from './disposals.commands';
import {
  ApproveDisposal,
  type DisposalFileView,
  type DisposalView,
  ListDisposals,
  ProposeDisposal,
  RejectDisposal,
} from './disposals.dto';
import { DisposalQueries } from './disposals.queries';

/** Disposal of files whose periods are over (GDPR art. 5(1)(e)): proposed by one head, approved by another. */
@Controller('disposals')
@Allow('services-organiser', 'director', 'auditor')
export class DisposalController {
  constructor(
    private readonly commands: DisposalCommands,
    private readonly queries: DisposalQueries,
  ) {}

  /** Lists what is due today. Nothing is erased before somebody else has approved it. */
  @Allow('services-organiser', 'director')
  @Creates()
  @Post()
  propose(
    @Body() { files }: ProposeDisposal,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.propose(files, { caller, purpose });
  }

  /** Begins at once, file by file. It cannot be taken back. */
  @Allow('director')
  @Acts()
  @Post(':id/approval')
  approve(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { archiveConsent }: ApproveDisposal,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.approve(id, version, archiveConsent, caller);
  }

  @Allow('services-organiser', 'director')
  @Acts()
  @Post(':id/rejection')
  reject(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reasonCode }: RejectDisposal,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.commands.reject(id, version, reasonCode, caller);
  }

  @Get()
  list(@Query() query: ListDisposals, @Caller() caller: Principal): Promise<Page<DisposalView>> {
    return this.queries.list(query, caller);
  }

  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal): Promise<DisposalView> {
    return this.queries.get(id, caller);
  }

  @Get(':id/files')
  files(
    @Id() id: string,
    @Query() query: PageQuery,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Page<DisposalFileView>> {
    return this.queries.files(id, query, { caller, purpose });
  }

  /** The protocol to print (PDF/UA): before the approval the list for the state archive, afterwards what became of it. */
  @Get(':id/protocol.pdf')
  @Header('Content-Type', 'application/pdf')
  async protocol(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<Buffer> {
    const { disposal, files } = await this.queries.whole(id, { caller, purpose });
    const { carriedOutOn, decidedOn, proposedOn } = disposal;
    return pdfOf(disposalProtocol(disposal, files), new Date(carriedOutOn ?? decidedOn ?? proposedOn));
  }
}
