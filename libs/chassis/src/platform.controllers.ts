import { Body, Controller, Get, Header, Inject, Param, Post, Query, Res } from '@nestjs/common';
import {
  countParked,
  type DeadLetterDetails,
  type DeadLetterStatus,
  deadLetterStatuses,
  type DeadLetterView,
  listDeadLetters,
  parkReasons,
  showDeadLetter,
} from '@okienko/messaging/dead-letter.queries';
import { DeadLetters, type ParkReason, type Settled } from '@okienko/messaging/dead-letters';
import { type ConsumerState, Messaging } from '@okienko/messaging/messaging';
import { type EventWhereabouts, type RelayState, relayState, whereabouts } from '@okienko/messaging/operations.queries';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { Allow, Caller, type Principal, Public, roles } from './access';
import { Acts, Id } from './http';
import { cursorId, defaultLimit, type Page, PageQuery, pageOf } from './page';
import { RequestProblem, titleOf } from './problem';
import { IsSlug, IsText } from './validation';

export const about = Symbol('about the service');
export interface About {
  readonly name: string;
  readonly version: string;
  draining: boolean;
}

/** Probes. None of them asks another service, so that one failure does not become four. */
@Controller('health')
@Public()
export class HealthController {
  private atHead = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly messaging: Messaging,
    @Inject(about) private readonly service: About,
  ) {}

  /** The process answers. */
  @Get('live')
  live(): object {
    return { status: 'ok', name: this.service.name, version: this.service.version };
  }

  /** Own database reachable, migrations at head. */
  @Get('startup')
  startup(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    return this.ready(reply);
  }

  /** As startup, and room for what the service has to say: without the broker it works on until the outbox is too full. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const database = await this.database();
    const room = database && !(await this.messaging.isOverfull());
    const checks = { database, outboxHasRoom: room, accepting: !this.service.draining };
    const ready = Object.values(checks).every(Boolean);
    void reply.status(ready ? 200 : 503);
    return {
      status: ready ? 'ready' : 'not-ready',
      name: this.service.name,
      version: this.service.version,
      pid: process.pid,
      checks,
      events: this.messaging.isFlowing ? 'flowing' : 'waiting for the broker',
    };
  }

  private async database(): Promise<boolean> {
    try {
      if (this.atHead) await this.dataSource.query('select 1');
      else this.atHead = !(await this.dataSource.showMigrations());
      return this.atHead;
    } catch {
      return false;
    }
  }
}

@Controller()
export class PlatformController {
  constructor(private readonly registry: Registry) {}

  /** Who the service thinks you are. */
  @Get('me')
  @Allow(...roles)
  me(@Caller() caller: Principal): Principal {
    return caller;
  }

  /** Prometheus metrics. */
  @Get('metrics')
  @Public()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): Promise<string> {
    return this.registry.metrics();
  }

  /** What a problem type means. */
  @Get('problems/:code')
  @Public()
  problem(@Param('code') code: string): object {
    if (!/^[a-z][a-z0-9-]{0,63}$/.test(code))
      throw new RequestProblem(404, 'not-found', 'There is nothing under this address.');
    return {
      title: titleOf(code),
      detail:
        'The `detail` of the answer says what to do; `basis` names the article or the element of the programme; the trace id in `instance` leads to the logs.',
    };
  }
}

export class DiscardDeadLetter {
  /** Why the event may be passed over without its effect. */
  @IsText(3, 500) reason!: string;
}

export class ListDeadLetters extends PageQuery {
  @IsOptional() @IsIn(deadLetterStatuses) status?: DeadLetterStatus;
  @IsOptional() @IsIn(parkReasons) reason?: ParkReason;
  /** Durable consumer, such as `cases-reads-catalogue`. */
  @IsOptional() @IsSlug() consumer?: string;
}

/** What could not be handled, for the operator. Bodies are not shown. */
@Controller('dead-letters')
@Allow('operator')
export class DeadLettersController {
  constructor(
    private readonly deadLetters: DeadLetters,
    private readonly dataSource: DataSource,
  ) {}

  @Get()
  async list(@Query() query: ListDeadLetters): Promise<Page<DeadLetterView>> {
    const limit = query.limit ?? defaultLimit;
    const letters = await listDeadLetters(this.dataSource, query, cursorId(query.after), limit + 1);
    return pageOf(letters, limit, (letter) => [letter.id]);
  }

  /** What it is, why it stands, and what waits behind it. */
  @Get(':id')
  show(@Id() id: string): Promise<DeadLetterDetails> {
    return showDeadLetter(this.dataSource, id);
  }

  /** Handles the event again, and those that waited behind it. */
  @Post(':id/retry')
  @Acts()
  retry(@Id() id: string, @Caller() caller: Principal): Promise<Settled> {
    return this.deadLetters.retry(id, caller.sub);
  }

  /** Goes past the event without its effect. */
  @Post(':id/discard')
  @Acts()
  discard(@Id() id: string, @Caller() caller: Principal, @Body() body: DiscardDeadLetter): Promise<Settled> {
    return this.deadLetters.discard(id, caller.sub, body.reason);
  }
}

export class AskWhereabouts {
  /** Kind of the aggregate that the event is about, such as `plan`: then consumers also say whether they listen to it, and how far they are with it. */
  @IsOptional() @IsSlug() aggregateType?: string;
  @IsOptional() @IsUUID() aggregateId?: string;
}

export interface OperationsState {
  readonly service: string;
  readonly version: string;
  readonly migrations: { readonly atHead: boolean; readonly applied: number; readonly last: string | null };
  readonly relay: RelayState;
  readonly consumers: ConsumerState[];
  /** Events that stand parked. */
  readonly deadLetters: number;
}

/** What an operator asks when something does not arrive. Ids, names and counts; never contents. */
@Controller('operations')
@Allow('operator')
export class OperationsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly messaging: Messaging,
    @Inject(about) private readonly service: About,
  ) {}

  /** How far behind the service is, whichever replica answers. */
  @Get('state')
  async state(): Promise<OperationsState> {
    const [migrations, pending, relay, consumers, parked] = await Promise.all([
      this.dataSource.query<[{ applied: number; last: string | null }]>(
        'select count(*)::int as applied, (array_agg(name order by timestamp desc))[1] as last from migration',
      ),
      this.dataSource.showMigrations(),
      relayState(this.dataSource),
      this.messaging.consumerStates(),
      countParked(this.dataSource),
    ]);
    return {
      service: this.service.name,
      version: this.service.version,
      migrations: { atHead: !pending, ...migrations[0] },
      relay,
      consumers,
      deadLetters: parked.reduce((sum, one) => sum + one.parked, 0),
    };
  }

  /** Where an event is, as far as this service knows: said, published, handled, parked, and what followed from it. */
  @Get('events/:id')
  event(@Id() id: string, @Query() asked: AskWhereabouts): Promise<EventWhereabouts> {
    const { consumers, aggregates } = this.messaging.reading;
    return whereabouts(this.dataSource, this.service.name, id, asked, consumers, aggregates);
  }
}
