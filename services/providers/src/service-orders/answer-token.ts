import { addDays, type Day, dayOf } from '@okienko/contracts/calendar';
import { AnswerTokenSpent } from './service-order-errors';

/** What whoever holds the token may do; read they may, as long as it counts. */
export type TokenAct = 'ACCEPT' | 'DECLINE';

/** What is kept of a token that lets somebody without an account answer one order. The newest alone counts. */
export interface AnswerToken {
  readonly id: string;
  readonly expiresAt: string;
  readonly used: readonly TokenAct[];
  readonly revoked: boolean;
}

/** Each act once. */
export function spend(token: AnswerToken | null, id: string, act: TokenAct): AnswerToken {
  if (token?.id !== id || token.revoked || token.used.includes(act)) throw new AnswerTokenSpent();
  return { ...token, used: [...token.used, act] };
}

/** The moment at which that day is over in Poland. */
export function endOf(day: Day): Date {
  const next = addDays(day, 1);
  const summer = new Date(`${next}T00:00:00+02:00`);
  return dayOf(summer) === next ? summer : new Date(`${next}T00:00:00+01:00`);
}
