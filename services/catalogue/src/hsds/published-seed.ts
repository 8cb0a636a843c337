import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Changed } from '@okienko/chassis/http';

interface Seed {
  programme: { body: object; acts: Record<string, object> };
  offers: ({ key: string; legalTrack: string } & object)[];
}

/** Does one act as the director: a body posted to a path, with the version that was read if there is one. */
export type Post = (path: string, body: object, version?: number) => Promise<Changed>;

/** Publishes the real offers of Elbląg and Ostrowiec, each under its programme. Answers their number. */
export async function publishSeed(post: Post): Promise<number> {
  let count = 0;
  for (const file of ['elblag.json', 'ostrowiec.json']) {
    const seed = JSON.parse(readFileSync(join(__dirname, '../../seed', file), 'utf8')) as Seed;
    let programme = await post('/programmes', seed.programme.body);
    for (const [act, body] of Object.entries(seed.programme.acts))
      programme = await post(`/programmes/${programme.id}/${act}`, body, programme.version);
    for (const { key: _, ...offer } of seed.offers) {
      const isOurs = offer.legalTrack === 'PUS';
      const { id } = await post('/service-offers', isOurs ? { ...offer, programmeId: programme.id } : offer);
      await post(`/service-offers/${id}/publication`, {}, 1);
      count += 1;
    }
  }
  return count;
}
