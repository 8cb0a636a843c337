import { Controller, Get } from '@nestjs/common';
import { Public } from '@okienko/chassis/access';
import { AreaList } from './areas.dto';
import { areas } from './areas';

@Controller('areas')
export class AreaController {
  /** The fourteen areas of social services, art. 2(1). */
  @Public()
  @Get()
  list(): AreaList {
    return { items: areas };
  }
}
