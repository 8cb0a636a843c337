import { Body, Controller, Get, Header, Headers, type OnModuleInit, Post, Query } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { Public } from '@okienko/chassis/access';
import { Acts, FromStrangers } from '@okienko/chassis/http';
import { RequestProblem } from '@okienko/chassis/problem';
import { NotFound } from '@okienko/contracts/domain-error';
import type { FastifyInstance } from 'fastify';
import { type Language, languageOf } from '../recipients/recipient';
import { ConsentCommands } from './consents.commands';
import { FollowLink, OneClick } from './consents.dto';
import { UnsubscribeLinks } from './unsubscribe-link.issuer';
import { donePage, gonePage, questionPage } from './unsubscribe-page';

const path = 'unsubscribe';
const form = 'multipart/form-data';
const html = 'text/html; charset=utf-8';
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

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
  @Header('Content-Security-Policy', policy)
  async ask(@Query() { token = '' }: FollowLink, @Headers() headers: Wishes): Promise<string> {
    const read = await this.links.read(token);
    return read ? questionPage(read.language) : gonePage(languageWished(headers));
  }

  /** The person wants no more of it; however often it is said. */
  @Post()
  @Acts()
  @FromStrangers()
  @Header('Content-Type', html)
  @Header('Content-Security-Policy', policy)
  async end(@Query() { token = '' }: FollowLink, @Body() _: OneClick, @Headers() headers: Wishes): Promise<string> {
    const read = await this.links.read(token);
    if (read && (await this.consents.endByLink(read.messageId))) return donePage(read.language);
    // A page is for people; a program has to learn that nothing was ended.
    if (!headers.accept?.includes('text/html')) throw new NotFound('link');
    return gonePage(languageWished(headers));
  }
}

interface Wishes {
  readonly accept?: string;
  readonly 'accept-language'?: string;
}

/** Of whoever has no link that would tell. */
function languageWished(headers: Wishes): Language {
  const [language = 'pl'] = /^[a-z]{2}/i.exec(headers['accept-language'] ?? '') ?? [];
  return languageOf({ language, form: 'STANDARD' });
}
