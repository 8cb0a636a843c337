import { Body, Controller, Post, Query } from '@nestjs/common';
import { Allow } from '@okienko/chassis/access';
import { Creates } from '@okienko/chassis/http';
import { HsdsImportCommands } from './hsds-imports.commands';
import { HsdsImportQuery, HsdsImportReport, ImportHsdsPage } from './hsds-imports.dto';

@Controller('hsds-imports')
@Allow('services-organiser', 'director')
export class HsdsImportController {
  constructor(private readonly imports: HsdsImportCommands) {}

  /**
   * Takes over services of other bodies from an HSDS 3.0 feed as information-only entries (art. 13(1)(9)) under the feed's own ids, all or
   * none: `active` and `temporarily closed` are published, others are drafts, or withdrawn if they were published.
   */
  @Creates()
  @Post()
  take(@Body() body: ImportHsdsPage, @Query() query: HsdsImportQuery): Promise<HsdsImportReport> {
    return this.imports.take(body, query.dryRun === 'true');
  }
}
