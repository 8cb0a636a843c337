import { Controller, Get, Query } from '@nestjs/common';
import { Public } from '@okienko/chassis/access';
import { Id } from '@okienko/chassis/http';
import { NotFound } from '@okienko/contracts/domain-error';
import { CatalogueConfig } from '../config';
import {
  type HsdsOrganization,
  type HsdsPage,
  hsdsPageOf,
  type HsdsService,
  type HsdsServiceAtLocationDetails,
  type HsdsServiceSummary,
  type HsdsTaxonomy,
  type HsdsTaxonomyTermDetails,
} from './hsds';
import {
  HsdsApi,
  HsdsPageQuery,
  HsdsProfile,
  ListHsdsServiceAtLocations,
  ListHsdsServices,
  ListHsdsTaxonomyTerms,
  pageAsked,
} from './hsds.dto';
import { HsdsQueries } from './hsds.queries';
import { profilePatches } from './profile-patch';
import { hsdsTaxonomy, hsdsTermDetails, taxonomies, taxonomyById, termById } from './profile';

/** The public directory (art. 13(1)(9)) as HSDS 3.0 and Open Referral UK ask for it: published offers only. */
@Controller('hsds')
@Public()
export class HsdsController {
  constructor(
    private readonly queries: HsdsQueries,
    private readonly config: CatalogueConfig,
  ) {}

  /** Which version and profile of HSDS the API speaks. */
  @Get()
  api(): HsdsApi {
    const { PUBLIC_URL, HOST, PORT } = this.config;
    const url = PUBLIC_URL ?? `http://${HOST}:${PORT}`;
    return { version: '3.0', profile: `${url}/hsds/profile`, openapi_url: `${url}/openapi.json` };
  }

  /** What the feed promises beyond HSDS, as JSON Merge Patches of its schemas. */
  @Get('profile')
  profile(): HsdsProfile {
    return {
      name: 'Polski profil CUS',
      description:
        'Katalog usług społecznych centrum usług społecznych (art. 13 ust. 1 pkt 9 ustawy) w standardzie HSDS 3.0.',
      extends: 'https://github.com/openreferral/specification/tree/3.0/schema',
      patches: profilePatches,
    };
  }

  /** With `full=true` each is told in full. */
  @Get('services')
  services(@Query() query: ListHsdsServices): Promise<HsdsPage<HsdsServiceSummary>> {
    return this.queries.services(query);
  }

  @Get('services/:id')
  service(@Id() id: string): Promise<HsdsService> {
    return this.queries.service(id);
  }

  /** The centre itself, and the bodies of information-only entries. */
  @Get('organizations')
  async organizations(@Query() query: HsdsPageQuery): Promise<HsdsPage<HsdsOrganization>> {
    return hsdsPageOf(await this.queries.organizations(), pageAsked(query));
  }

  @Get('organizations/:id')
  organization(@Id() id: string): Promise<HsdsOrganization> {
    return this.queries.organization(id);
  }

  /** Services that name a place or an address. */
  @Get('service_at_locations')
  serviceAtLocations(@Query() query: ListHsdsServiceAtLocations): Promise<HsdsPage<HsdsServiceAtLocationDetails>> {
    return this.queries.serviceAtLocations(query);
  }

  @Get('service_at_locations/:id')
  serviceAtLocation(@Id() id: string): Promise<HsdsServiceAtLocationDetails> {
    return this.queries.serviceAtLocation(id);
  }

  /** The taxonomies of the Polish CUS profile: areas of the Act, laws, recipients, target groups and so on. */
  @Get('taxonomies')
  taxonomies(@Query() query: HsdsPageQuery): HsdsPage<HsdsTaxonomy> {
    return hsdsPageOf(taxonomies.map(hsdsTaxonomy), pageAsked(query));
  }

  @Get('taxonomies/:id')
  taxonomy(@Id() id: string): HsdsTaxonomy {
    return hsdsTaxonomy(taxonomyById(id) ?? missing('taxonomy'));
  }

  @Get('taxonomy_terms')
  taxonomyTerms(@Query() query: ListHsdsTaxonomyTerms): HsdsPage<HsdsTaxonomyTermDetails> {
    const of = taxonomies.filter(({ id }) => query.taxonomy_id === undefined || id === query.taxonomy_id);
    return hsdsPageOf(
      of.flatMap(({ terms }) => terms.map(hsdsTermDetails)),
      pageAsked(query),
    );
  }

  @Get('taxonomy_terms/:id')
  taxonomyTerm(@Id() id: string): HsdsTaxonomyTermDetails {
    return hsdsTermDetails(termById(id) ?? missing('taxonomy term'));
  }
}

function missing(what: string): never {
  throw new NotFound(what);
}
