import type { Service } from '@okienko/contracts/event';
import type { Day } from '@okienko/contracts/calendar';
import { type Api, ApiRefusal, type Changed } from '@okienko/local/api';

export interface Listed<T> {
  readonly items: readonly T[];
}

/** How acts get to the services, by accounts of the development issuer. What day it is, the services know. */
export interface Office {
  readonly today: () => Day;
  get<T>(account: string, service: Service, path: string): Promise<T>;
  post<T = Changed>(account: string, service: Service, path: string, body: object, ifMatch?: number): Promise<T>;
}

export const officeOf = (api: Api, today: () => Day): Office => ({
  today,
  get: (account, service, path) => api.get(account, service, path),
  post: (account, service, path, body, ifMatch) =>
    api.post(account, service, path, body, ifMatch === undefined ? {} : { ifMatch }),
});

export const staff = {
  desk: 'desk-anna',
  coordinator: 'coordinator-ewa',
  organiser: 'services-organiser-maria',
  director: 'director-zofia',
  operator: 'operator-tomasz',
} as const;

/** An act on something as it is at this moment; what another act has changed meanwhile is looked at again. */
export async function act(
  office: Office,
  account: string,
  service: Service,
  path: string,
  name: string,
  body: object = {},
): Promise<Changed> {
  const reader = account === staff.desk ? staff.coordinator : account;
  for (;;) {
    const { version } = await office.get<Changed>(reader, service, path);
    try {
      return await office.post(account, service, `${path}/${name}`, body, version);
    } catch (error) {
      if (!(error instanceof ApiRefusal && error.status === 412)) throw error;
    }
  }
}
