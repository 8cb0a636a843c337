import { lookup } from 'node:dns/promises';

/** All addresses of a host, as the system resolves it. */
export const addressesOf = async (host: string): Promise<string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address);
