import { Controller, Get, Header, Param, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { type Changed, Creates, Id } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { TakesFile, Upload, UploadedFile } from '@okienko/chassis/upload';
import { NotFound } from '@okienko/contracts/domain-error';
import { Purpose } from '../access/purpose.decorator';
import { type ImportKind, importKinds, templateOf } from './import-kinds';
import { ImportCommands } from './imports.commands';
import { type ImportRowView, type ImportView, ListRows, StartImport } from './imports.dto';
import { ImportQueries } from './imports.queries';

/** Taking over what a predecessor's system holds, when a social welfare centre becomes a social services centre. */
@Controller('imports')
@Allow('director', 'operator', 'services-organiser')
export class ImportController {
  constructor(
    private readonly commands: ImportCommands,
    private readonly queries: ImportQueries,
  ) {}

  /**
   * Takes a CSV or JSON file and goes through it in the background; each row is brought in or refused by itself. The same file again changes
   * nothing. The formats are in docs/import.md.
   */
  @Allow('director', 'operator')
  @Creates()
  @TakesFile()
  @Post()
  start(
    @Query() query: StartImport,
    @Upload() upload: UploadedFile,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Changed> {
    return this.commands.start(query, upload, { caller, purpose });
  }

  /** The headings of a kind of file, with one line of an example. */
  @Get('templates/:kind')
  @Header('Content-Type', 'text/csv; charset=utf-8; header=present')
  template(@Param('kind') kind: string): string {
    if (!importKinds.some((known) => known === kind)) throw new NotFound('kind of import');
    return templateOf(kind as ImportKind);
  }

  /** How far it is. */
  @Get(':id')
  get(@Id() id: string, @Caller() caller: Principal): Promise<ImportView> {
    return this.queries.get(id, caller);
  }

  /** What has become of each row so far. */
  @Get(':id/rows')
  rows(
    @Id() id: string,
    @Query() query: ListRows,
    @Caller() caller: Principal,
    @Purpose() purpose: string,
  ): Promise<Page<ImportRowView>> {
    return this.queries.rows(id, query, { caller, purpose });
  }
}
