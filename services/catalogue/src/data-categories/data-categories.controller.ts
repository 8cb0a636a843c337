import { Controller, Get } from '@nestjs/common';
import { Public } from '@okienko/chassis/access';
import { dataCategories } from '@okienko/contracts/data-scope';
import { DataCategoryList } from './data-categories.dto';

@Controller('data-categories')
export class DataCategoryController {
  /** The categories of personal data of which a programme lists those that it needs (art. 5(3)(9)), with their days. */
  @Public()
  @Get()
  list(): DataCategoryList {
    return { items: dataCategories };
  }
}
