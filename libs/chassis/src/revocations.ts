import type { Transaction } from '@okienko/messaging/transaction';

/** Whose tokens: all of an account, or those of one session at the issuer (`sid`). */
export const revocationKinds = ['ACCOUNT', 'SESSION'] as const;
export type RevocationKind = (typeof revocationKinds)[number];

/** Why. What the issuer itself has ended is `LOGOUT`. */
export const revocationReasons = ['LEFT', 'ROLE_CHANGED', 'TOKEN_LOST', 'COMPROMISED', 'OTHER'] as const;
export type RevocationReason = (typeof revocationReasons)[number] | 'LOGOUT';

/** Tokens issued at `notBefore` or earlier are refused. */
export interface Revocation {
  readonly kind: RevocationKind;
  readonly subject: string;
  readonly notBefore: Date;
  readonly reason: RevocationReason;
  readonly by: string;
}

/** What of a token decides whether it has been revoked. */
export interface IssuedToken {
  readonly sub: string;
  readonly sid: string | undefined;
  /** Milliseconds. */
  readonly issuedAt: number;
}

/** The table for a service's migration. No row is taken away, so it is also the record of who was shut out, when and why. */
export function revocationTable(): string {
  return `
    create table revocation (
      id bigint generated always as identity primary key,
      kind text not null check (kind in ('ACCOUNT', 'SESSION')),
      subject text not null,
      not_before timestamptz not null,
      reason text not null,
      revoked_by text not null,
      revoked_at timestamptz not null default clock_timestamp(),
      unique (kind, subject, not_before)
    );
    create index revocation_by_not_before on revocation (not_before)`;
}

/** The same revocation told twice is one. Returns its id. */
export async function revoke(sql: Pick<Transaction, 'query'>, one: Revocation): Promise<string> {
  const [kept] = await sql.query<{ id: string }>(
    `insert into revocation (kind, subject, not_before, reason, revoked_by)
     values ($1, $2, $3, $4, $5) on conflict (kind, subject, not_before) do update set kind = excluded.kind returning id`,
    [one.kind, one.subject, one.notBefore, one.reason, one.by],
  );
  return kept?.id ?? '';
}

/** No token is taken that is older than an hour (`authentication.ts`), so no older revocation says anything. */
const select = `
  select kind, subject, max(not_before) as "notBefore" from revocation
  where not_before > now() - interval '2 hours' group by kind, subject`;

/**
 * Which tokens are refused before their end, as the database said when it was last looked at. Each replica looks for itself,
 * so what one has been told, all know within `lookEvery` and the time that a look takes.
 */
export class Revocations {
  private known = new Map<string, number>();
  private readonly open = new Map<object, { readonly token: IssuedToken; readonly end: () => void }>();

  constructor(private readonly database: { query(text: string): Promise<unknown> }) {}

  denies({ sub, sid, issuedAt }: IssuedToken): boolean {
    return (
      issuedAt <= (this.known.get(`ACCOUNT ${sub}`) ?? -1) ||
      (sid !== undefined && issuedAt <= (this.known.get(`SESSION ${sid}`) ?? -1))
    );
  }

  /** Calls `end` should the token be revoked before whatever goes on under it has been let go. */
  watch(whatGoesOn: object, token: IssuedToken, end: () => void): void {
    this.open.set(whatGoesOn, { token, end });
  }

  letGo(whatGoesOn: object): void {
    this.open.delete(whatGoesOn);
  }

  async look(): Promise<void> {
    const rows = (await this.database.query(select)) as Pick<Revocation, 'kind' | 'subject' | 'notBefore'>[];
    this.known = new Map(rows.map(({ kind, subject, notBefore }) => [`${kind} ${subject}`, notBefore.getTime()]));
    for (const { token, end } of this.open.values()) if (this.denies(token)) end();
  }
}
