import { Controller, Get, Query } from '@nestjs/common';
import { Public } from '@okienko/chassis/access';
import { Id } from '@okienko/chassis/http';
import { ListOffices, OfficePage, type OfficeView } from './offices.dto';
import { OfficeQueries } from './offices.queries';

/** Offices come and change by the import of catalogues. */
@Controller('offices')
export class OfficeController {
  constructor(private readonly offices: OfficeQueries) {}

  /** The offices of whose services the directory tells: `GET /service-offers?officeId=` lists them. */
  @Public()
  @Get()
  list(@Query() query: ListOffices): Promise<OfficePage> {
    return this.offices.list(query);
  }

  @Public()
  @Get(':id')
  get(@Id() id: string): Promise<OfficeView> {
    return this.offices.get(id);
  }
}
