import { Public } from '@okienko/chassis/access';
import { Acts, type Changed, FromStrangers, Id, IfMatch } from '@okienko/chassis/http';
import { Body, Controller, createParamDecorator, type ExecutionContext, Get, Post } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AnswerTokenIssuer } from './answer-token.issuer';
import { ServiceOrderCommands } from './service-orders.commands';
import { DeclineServiceOrder, ServiceOrderView } from './service-orders.dto';
import { ServiceOrderQueries } from './service-orders.queries';

/** A token of one matter, from the header `Okienko-Answer-Token`. */
export const Token = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  String(context.switchToHttp().getRequest<FastifyRequest>().headers['okienko-answer-token']),
);

/** For whoever holds the order's token. No other route takes it. */
@Controller('service-orders/:id/answer')
@Public()
export class OrderAnswerController {
  constructor(
    private readonly tokens: AnswerTokenIssuer,
    private readonly commands: ServiceOrderCommands,
    private readonly queries: ServiceOrderQueries,
  ) {}

  /** What is asked, and until when, for whoever holds the order's token. */
  @Get()
  @FromStrangers()
  async get(@Id() id: string, @Token() token: string): Promise<ServiceOrderView> {
    const { tokenId } = await this.tokens.holderOf(token, id);
    return this.queries.getByToken(id, tokenId);
  }

  /** Whoever holds the order's token takes the order for the provider; a place of its capacity is taken with it. */
  @Post('acceptance')
  @Acts()
  @FromStrangers()
  async accept(@Id() id: string, @IfMatch() version: number, @Token() token: string): Promise<Changed> {
    const { principal, tokenId } = await this.tokens.holderOf(token, id);
    return this.commands.accept(id, version, principal, tokenId);
  }

  /** Whoever holds the order's token refuses the order for the provider, so that the centre can refer the allocation elsewhere. */
  @Post('declination')
  @Acts()
  @FromStrangers()
  async decline(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reasonCode }: DeclineServiceOrder,
    @Token() token: string,
  ): Promise<Changed> {
    const { principal, tokenId } = await this.tokens.holderOf(token, id);
    return this.commands.decline(id, version, reasonCode, principal, tokenId);
  }
}
