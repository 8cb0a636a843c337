/** The parts of HSDS 3.0 that the feed writes, named and spelled as there (https://docs.openreferral.org, CC BY-SA 4.0). */

export interface HsdsTaxonomy {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly version: string;
}

export interface HsdsTaxonomyTerm {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly description: string;
  /** Name of the taxonomy. */
  readonly taxonomy: string;
  readonly language: string;
}

export interface HsdsTaxonomyTermDetails extends HsdsTaxonomyTerm {
  readonly taxonomy_detail: HsdsTaxonomy;
}

export interface HsdsAttribute {
  readonly id: string;
  readonly link_entity: string;
  /** What is said, where the term only names the field. */
  readonly value?: string;
  readonly taxonomy_term: HsdsTaxonomyTerm;
}

export interface HsdsOrganization {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface HsdsProgram {
  readonly id: string;
  readonly organization_id: string;
  readonly name: string;
  readonly description: string;
}

export interface HsdsPhone {
  readonly id: string;
  readonly number: string;
}

export interface HsdsContact {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly phones?: readonly HsdsPhone[];
}

export interface HsdsSchedule {
  readonly id: string;
  readonly freq: 'WEEKLY';
  /** Days of the week as in RFC 5545, separated by commas. */
  readonly byday: string;
  /** Time of the day in Poland, HH:MM. */
  readonly opens_at: string;
  readonly closes_at: string;
}

export interface HsdsServiceArea {
  readonly id: string;
  readonly name: string;
  readonly extent: string;
  readonly extent_type: string;
}

export interface HsdsLanguage {
  readonly id: string;
  readonly code: string;
  readonly name?: string;
}

export interface HsdsCostOption {
  readonly id: string;
  readonly option: string;
  readonly currency: 'PLN';
  /** In zloty, not in grosze. */
  readonly amount?: number;
}

export interface HsdsFunding {
  readonly id: string;
  readonly source: string;
}

export interface HsdsRequiredDocument {
  readonly id: string;
  readonly document: string;
  readonly attributes?: readonly HsdsAttribute[];
}

export interface HsdsAddress {
  readonly id: string;
  readonly address_1: string;
  readonly city: string;
  readonly state_province: string;
  readonly postal_code: string;
  readonly country: 'PL';
  readonly address_type: 'physical';
}

export interface HsdsAccessibility {
  readonly id: string;
  readonly description: string;
}

export interface HsdsLocation {
  readonly id: string;
  readonly location_type: 'physical';
  readonly name?: string;
  readonly description?: string;
  readonly addresses?: readonly HsdsAddress[];
  readonly accessibility?: readonly HsdsAccessibility[];
}

export interface HsdsServiceAtLocation {
  readonly id: string;
  readonly location: HsdsLocation;
}

export type HsdsStatus = 'active' | 'inactive' | 'defunct' | 'temporarily closed';

/** What a list says of a service: all that is not a list itself. */
export interface HsdsServiceSummary {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly status: HsdsStatus;
  readonly organization: HsdsOrganization;
  readonly program?: HsdsProgram;
  readonly url?: string;
  readonly email?: string;
  readonly application_process?: string;
  readonly fees_description?: string;
  readonly eligibility_description?: string;
  readonly minimum_age?: number;
  readonly maximum_age?: number;
  readonly assured_date?: string;
}

export interface HsdsService extends HsdsServiceSummary {
  readonly phones?: readonly HsdsPhone[];
  readonly contacts?: readonly HsdsContact[];
  readonly schedules?: readonly HsdsSchedule[];
  readonly service_areas: readonly HsdsServiceArea[];
  readonly service_at_locations?: readonly HsdsServiceAtLocation[];
  readonly languages?: readonly HsdsLanguage[];
  readonly funding?: readonly HsdsFunding[];
  readonly cost_options?: readonly HsdsCostOption[];
  readonly required_documents?: readonly HsdsRequiredDocument[];
  readonly attributes: readonly HsdsAttribute[];
}

export interface HsdsServiceAtLocationDetails extends HsdsServiceAtLocation {
  readonly service: HsdsServiceSummary;
}

/** A page of HSDS. Pages are counted from 1. */
export interface HsdsPage<T> {
  readonly total_items: number;
  readonly total_pages: number;
  readonly page_number: number;
  /** Records of this page. */
  readonly size: number;
  readonly first_page: boolean;
  readonly last_page: boolean;
  readonly empty: boolean;
  readonly contents: readonly T[];
}

export interface PageAsked {
  readonly page: number;
  readonly perPage: number;
}

export function hsdsPage<T>(contents: readonly T[], total: number, { page, perPage }: PageAsked): HsdsPage<T> {
  const pages = Math.ceil(total / perPage);
  return {
    total_items: total,
    total_pages: pages,
    page_number: page,
    size: contents.length,
    first_page: page === 1,
    last_page: page >= pages,
    empty: contents.length === 0,
    contents,
  };
}

/** One page of a list that is at hand as a whole. */
export const hsdsPageOf = <T>(all: readonly T[], asked: PageAsked): HsdsPage<T> =>
  hsdsPage(all.slice((asked.page - 1) * asked.perPage, asked.page * asked.perPage), all.length, asked);

/** A record without what is not said: undefined, and lists of nothing. */
export const said = <T extends object>(record: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(
    Object.entries(record).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && (value as unknown[]).length === 0),
    ),
  ) as T;
