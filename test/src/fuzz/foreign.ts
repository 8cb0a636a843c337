import type { Principal } from '@okienko/chassis/access';
import type { Service } from '@okienko/contracts/event';
import { owned } from '@okienko/testing/owned';
import { type Attacker, inParallel, type Request, stranger } from '../attacker';
import type { Chance } from '../chance';
import type { Answered } from '../judge';
import type { Route } from '../routes';
import { Draw } from './draw';
import type { Findings } from './findings';

const staffOfUnit = ['desk', 'coordinator', 'finance', 'community-organiser'] as const;

/** Accounts that a route is for, but that another unit, provider or partner has. */
function strangersOf(service: Service, { roles = [] }: Route): Partial<Principal>[] {
  if (service === 'cases')
    return staffOfUnit
      .filter((role) => roles.includes(role))
      .map((role) => ({ sub: `${role}-elsewhere`, roles: [role], unit: 'elsewhere' }));
  if (service === 'providers')
    return roles.includes('provider') ? [{ sub: 'provider-elsewhere', roles: ['provider'], providerId: stranger }] : [];
  if (service === 'notifications')
    return roles.includes('partner')
      ? [{ sub: 'partner-elsewhere', roles: ['partner'], partnerId: 'powiat-obcy' }]
      : [];
  return [];
}

const kindOf = (path: string): string => path.split('/')[1] ?? '';

/** Asks for what is another's, on every route that could give it: it must look as what does not exist. Returns how often. */
export async function tryForeign(
  attacker: Attacker,
  service: Service,
  wanted: number,
  chance: Chance,
  findings: Findings,
): Promise<number> {
  const kinds: readonly string[] = owned[service];
  const things = [...attacker.made].filter(([path]) => kinds.includes(kindOf(path))).map(([, { id }]) => id);
  const cases = attacker.api.routes.flatMap((route) =>
    kinds.includes(kindOf(route.path)) ? strangersOf(service, route).map((principal) => ({ route, principal })) : [],
  );
  if (cases.length === 0 || things.length === 0) return 0;
  const draw = new Draw(attacker, chance);
  let tried = 0;
  while (tried < wanted) {
    const some = Array.from({ length: 200 }, () => chance.pick(cases));
    await inParallel(some, async ({ route, principal }) => {
      const authorization = await attacker.token(principal);
      const request: Request = { ...draw.requestFor(route), authorization };
      tried += 1;
      const wrong = await shows(attacker, route, request, things);
      if (wrong)
        findings.note('crossAccessLeaks', `${route.method} ${route.path} as ${String(principal.roles)}`, wrong);
    });
  }
  return tried;
}

/** What the answer tells of another's things, if anything. */
async function shows(attacker: Attacker, route: Route, request: Request, things: readonly string[]): Promise<string> {
  const ofAnother = { ...request, ids: {} };
  const answer = await attacker.send(route, ofAnother);
  const asked = `${JSON.stringify(request.body ?? '')}${request.query ?? ''}`;
  const made = attacker.made.get(`/${kindOf(route.path)}`)?.id ?? stranger;
  const told = things.find((id) => id !== made && answer.text.includes(id) && !asked.includes(id));
  if (told) return `shows ${told}: ${answer.text.slice(0, 200)}`;
  if (!route.path.includes('{id}') || made === stranger) return '';
  const unknown = await attacker.send(route, { ...request, ids: { id: stranger } });
  if (answer.status < 300) return `answered ${answer.status}: ${answer.text.slice(0, 200)}`;
  return said(answer) === said(unknown) ? '' : `${said(answer)}, but of what does not exist ${said(unknown)}`;
}

const said = ({ status, body }: Answered): string => {
  const { type, detail, errors } = (body ?? {}) as { type?: string; detail?: string; errors?: unknown };
  return `${status} ${type ?? ''} ${detail ?? ''} ${JSON.stringify(errors ?? [])}`;
};
