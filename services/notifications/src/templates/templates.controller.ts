import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, IfMatch } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import type { Language } from '../recipients/recipient';
import type { TemplateText } from './template-text';
import { TemplateCommands } from './templates.commands';
import {
  CreateTemplate,
  type EditionView,
  ListTemplates,
  PreviewTemplate,
  type PreviewView,
  RestoreTemplate,
  type TemplateSummary,
  type TemplateTextBody,
  type TemplateView,
  WriteTemplate,
} from './templates.dto';
import { TemplateQueries } from './templates.queries';

/** The texts of messages: those that came with the service, and what the centre has made of them. */
@Controller('message-templates')
@Allow('desk', 'coordinator', 'services-organiser', 'director', 'auditor')
export class TemplateController {
  constructor(
    private readonly templates: TemplateCommands,
    private readonly queries: TemplateQueries,
  ) {}

  @Get()
  list(@Query() query: ListTemplates): Promise<Page<TemplateSummary>> {
    return this.queries.list(query);
  }

  /** A text of the centre's own, in every language at once. */
  @Post()
  @Creates()
  @Allow('services-organiser', 'director')
  create(@Body() { code, facts, texts, reason }: CreateTemplate, @Caller() by: Principal): Promise<Changed> {
    return this.templates.create(
      code,
      facts,
      {
        pl: textIn('pl', texts.pl),
        'pl-x-etr': textIn('pl-x-etr', texts['pl-x-etr']),
        uk: textIn('uk', texts.uk),
        en: textIn('en', texts.en),
      },
      { by, reason },
    );
  }

  @Get(':code')
  get(@Param('code') code: string): Promise<TemplateView> {
    return this.queries.get(code);
  }

  /** Every edition that the centre has written, the newest first. */
  @Get(':code/editions')
  async editions(@Param('code') code: string): Promise<{ items: EditionView[] }> {
    return { items: await this.queries.editions(code) };
  }

  /** The next edition in one language; it counts from the next message on. */
  @Post(':code/editions')
  @Acts()
  @Allow('services-organiser', 'director')
  write(
    @Param('code') code: string,
    @IfMatch() version: number,
    @Body() { language, reason, ...text }: WriteTemplate,
    @Caller() by: Principal,
  ): Promise<Changed> {
    return this.templates.write(code, version, language, textIn(language, text), { by, reason });
  }

  /** Back to the text that came with the service. */
  @Post(':code/restoration')
  @Acts()
  @Allow('services-organiser', 'director')
  restore(
    @Param('code') code: string,
    @IfMatch() version: number,
    @Body() { language, reason }: RestoreTemplate,
    @Caller() by: Principal,
  ): Promise<Changed> {
    return this.templates.restore(code, version, language, { by, reason });
  }

  /** How a text looks as an e-mail, a short message and a letter. Changes nothing. */
  @Post(':code/preview')
  @Acts()
  preview(@Param('code') code: string, @Body() { language, draft }: PreviewTemplate): Promise<PreviewView> {
    return this.queries.preview(code, language, draft && textIn(language, draft));
  }
}

const textIn = (language: Language, { subject, text, short, plainShort }: TemplateTextBody): TemplateText => ({
  subject,
  text,
  short,
  plainShort: plainShort ?? language !== 'uk',
});
