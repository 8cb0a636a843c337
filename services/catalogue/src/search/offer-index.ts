import type { Work } from '@okienko/messaging/unit-of-work';
import { areas } from '../areas/areas';
import type { ServiceOfferContent } from '../service-offers/service-offer-content';
import { analysis, vectorOf } from './polish-analysis';

const areaNames = new Map(areas.map(({ slug, name }) => [slug, name.pl]));
const all = (parts: readonly (string | undefined)[]): string => parts.filter((part) => part !== undefined).join(' ');

/** Everything that an offer says, by how much it says of the service. */
export function searchVector({
  name,
  description,
  targetGroup,
  place,
  areas: slugs,
  details = {},
}: ServiceOfferContent): string {
  const { components = [], variants = [], scope = [], detail, usageLimit } = details;
  return vectorOf([
    { weight: 'A', text: all(Object.values(name) as string[]) },
    { weight: 'B', text: all([...Object.values(targetGroup ?? {}), ...components, ...variants] as string[]) },
    { weight: 'C', text: all([...Object.values(description), ...scope, detail] as string[]) },
    { weight: 'D', text: all([place?.pl, usageLimit, ...slugs.map((slug) => areaNames.get(slug))]) },
  ]);
}

/** What results are counted by, `<facet>/<code>`. */
export const facetsOf = ({ areas: slugs, legalTrack, feeRule, targetGroups = [] }: ServiceOfferContent): string[] => [
  ...slugs.map((slug) => `area/${slug}`),
  `legalTrack/${legalTrack}`,
  ...(feeRule ? [`feeRule/${feeRule}`] : []),
  ...targetGroups.map((group) => `targetGroup/${group}`),
];

export interface Indexed {
  readonly id: string;
  readonly version: number;
  readonly published: boolean;
  readonly content: ServiceOfferContent;
}

/** In the transaction that changes the offer, so that whoever has published one finds it. */
export function index({ send }: Pick<Work, 'send'>, { id, version, published, content }: Indexed): void {
  send(
    `insert into offer_search (offer_id, version, analysis, published, vector, facets)
     values ($1, $2, $3, $4, $5::tsvector, $6::text[])
     on conflict (offer_id) do update set (version, analysis, published, vector, facets, change)
       = (excluded.version, excluded.analysis, excluded.published, excluded.vector, excluded.facets, nextval('offer_search_change'))`,
    [id, version, analysis, published, searchVector(content), facetsOf(content)],
  );
}
