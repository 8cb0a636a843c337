import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { Allow, Public } from '@okienko/chassis/access';
import { Acts } from '@okienko/chassis/http';
import { RemoveSynonym, SearchOffers, SearchResult, Synonym, SynonymList } from './search.dto';
import { SearchQueries } from './search.queries';
import { SynonymCommands } from './synonyms.commands';

@Controller('service-offer-search')
@Allow('services-organiser', 'director')
export class SearchController {
  constructor(
    private readonly queries: SearchQueries,
    private readonly synonyms: SynonymCommands,
  ) {}

  /** Finds published offers by what people type in Polish: inflected, without diacritics, with a slip, in everyday words. */
  @Public()
  @Get()
  search(@Query() query: SearchOffers): Promise<SearchResult> {
    return this.queries.search(query);
  }

  @Get('synonyms')
  listSynonyms(): Promise<SynonymList> {
    return this.synonyms.list();
  }

  /** Teaches search a word of the street, or another meaning of one it knows. It counts within half a minute. */
  @Acts()
  @Post('synonyms')
  keepSynonym(@Body() body: Synonym): Promise<Synonym> {
    return this.synonyms.keep(body);
  }

  @Acts()
  @Post('synonyms/removal')
  removeSynonym(@Body() body: RemoveSynonym): Promise<SynonymList> {
    return this.synonyms.remove(body.said);
  }
}
