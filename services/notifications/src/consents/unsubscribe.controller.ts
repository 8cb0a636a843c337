import { Body, Controller, Get, Header, Headers, type OnModuleInit, Post, Query, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Public } from '@okienko/chassis/access';
import { Acts, FromStrangers } from '@okienko/chassis/http';
import { RequestProblem } from '@okienko/chassis/problem';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { languageOf } from '../recipients/recipient';
import { ConsentCommands } from './consents.commands';
import { OneClick } from './consents.dto';
import { UnsubscribeLinks } from './unsubscribe-link.issuer';
import { donePage, gonePage, questionPage } from './unsubscribe-page';

const path = 'unsubscribe';
const form = 'multipart/form-data';
const html = 'text/html; charset=utf-8';

/** For whoever holds a message that nobody owed them, with one click of the mail program (RFC 8058) or of the page. */
@Controller(path)
@Public()
export class UnsubscribeController implements OnModuleInit {
  constructor(
    private readonly links: UnsubscribeLinks,
    private readonly consents: ConsentCommands,
    private readonly host: HttpAdapterHost,
  ) {}

  /** A mail program sends its click as a form; whatever is in it, the address says all. */
  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.addContentTypeParser(form, { parseAs: 'buffer' }, (request, _, done) => {
      if (request.routeOptions.url === `/${path}`) done(null, undefined);
      else done(new RequestProblem(415, 'unsupported-media-type', 'Send the body as application/json.'));
    });
  }

  /** A page that asks whether the person wants no more of it. Changes nothing. */
  @Get()
  @FromStrangers()
  @Header('Content-Type', html)
  async ask(
    @Query('token') token: string,
    @Headers('accept-language') accepted: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const read = await this.links.read(String(token));
    return this.answer(reply, read ? questionPage(read.language) : undefined, accepted);
  }

  /** The person wants no more of it; however often it is said. */
  @Post()
  @Acts()
  @FromStrangers()
  @Header('Content-Type', html)
  async end(
    @Query('token') token: string,
    @Body() _: OneClick,
    @Headers('accept-language') accepted: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const read = await this.links.read(String(token));
    const isDone = read && (await this.consents.endByLink(read.messageId));
    return this.answer(reply, isDone ? donePage(read.language) : undefined, accepted);
  }

  private answer(reply: FastifyReply, page: string | undefined, accepted: string | undefined): string {
    void reply.header(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    if (page !== undefined) return page;
    void reply.code(404);
    const [language = 'pl'] = /^[a-z]{2}/i.exec(accepted ?? '') ?? [];
    return gonePage(languageOf({ language, form: 'STANDARD' }));
  }
}
