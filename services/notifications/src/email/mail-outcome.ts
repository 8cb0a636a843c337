import type { Outcome } from '../channels/channel';

const aboutThisMessage = new Set(['EENVELOPE', 'EMESSAGE']);
/** Service not available, closing the channel (RFC 5321, 4.2.2): said in answer to one message, meant for all. */
const closing = 421;
/** Bad sequence of commands: the session was in the wrong state, not the message wrong. */
const badSequence = 503;

/**
 * What a mail server's error says about trying again. A permanent answer (5yz, RFC 5321, 4.2.1) to the envelope or the text is
 * final. A refused log-in or greeting is our own trouble or the server's, and every message would meet it.
 */
export function outcomeOf(error: unknown): Exclude<Outcome, { kind: 'HANDED_OVER' | 'IN_HANDS' }> {
  const { code, responseCode, response } = (error ?? {}) as {
    code?: unknown;
    responseCode?: unknown;
    response?: unknown;
  };
  const status = typeof responseCode === 'number' ? responseCode : 0;
  if (!aboutThisMessage.has(String(code)) || status === closing || status === 0)
    return { kind: 'NOT_NOW', code: inCapitals(code), isOutage: true };
  const said = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(String(response))?.[1] ?? String(status);
  const reason = smtpCode(said);
  return status >= 500 && status !== badSequence
    ? { kind: 'REFUSED', code: reason }
    : { kind: 'NOT_NOW', code: reason };
}

/** `5.1.1` → SMTP_5_1_1 */
export const smtpCode = (status: string): string => `SMTP_${status.replaceAll('.', '_')}`;

const inCapitals = (code: unknown): string =>
  typeof code === 'string' && /^[A-Z][A-Z0-9_]{0,63}$/.test(code) ? code : 'UNKNOWN';
