import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { Purpose } from '../access/purpose.decorator';
import { ErasureRequestCommands } from './erasure-requests.commands';
import {
  type ErasureRequestView,
  ListErasureRequests,
  ProlongAnswer,
  ReceiveErasureRequest,
  RefuseErasure,
  type RetentionView,
} from './erasure-requests.dto';
import { ErasureRequestQueries } from './erasure-requests.queries';

/** Requests that data be erased (GDPR art. 17), and how long they are kept otherwise. */
@Controller()
@Allow('services-organiser', 'director', 'auditor')
export class ErasureRequestController {
  constructor(
    private readonly commands: ErasureRequestCommands,
    private readonly queries: ErasureRequestQueries,
  ) {}

  @Get('persons/:id/retention')
  retention(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<RetentionView> {
    return this.queries.retention(id, { caller, purpose });
  }

  @Allow('desk', 'coordinator', 'services-organiser', 'director')
  @Creates()
  @Post('persons/:id/erasure-requests')
  receive(
    @Id() id: string,
    @Body() { receivedOn }: ReceiveErasureRequest,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.receive(id, receivedOn, { caller, purpose });
  }

  /** Erases all that is held about the person. It cannot be taken back. */
  @Allow('director')
  @Acts()
  @Post('erasure-requests/:id/grant')
  grant(
    @Id() id: string,
    @IfMatch() version: number,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.grant(id, version, { caller, purpose });
  }

  /** Two more months for the answer, once, where the person has been told why in the first. */
  @Allow('services-organiser', 'director')
  @Acts()
  @Post('erasure-requests/:id/prolongation')
  prolong(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: ProlongAnswer,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.prolong(id, version, body, { caller, purpose });
  }

  @Allow('services-organiser', 'director')
  @Acts()
  @Post('erasure-requests/:id/refusal')
  refuse(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { basis }: RefuseErasure,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.refuse(id, version, basis, { caller, purpose });
  }

  @Get('erasure-requests')
  list(
    @Query() query: ListErasureRequests,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Page<ErasureRequestView>> {
    return this.queries.list(query, { caller, purpose });
  }

  @Get('erasure-requests/:id')
  get(@Id() id: string, @Caller() caller: Principal, @Purpose() purpose: string): Promise<ErasureRequestView> {
    return this.queries.get(id, { caller, purpose });
  }
}
