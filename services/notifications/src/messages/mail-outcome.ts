/** What a mail server's error says about trying again. */
export type MailOutcome = 'SENT' | 'REFUSED' | 'NOT_NOW';

const aboutThisMessage = new Set(['EENVELOPE', 'EMESSAGE']);

/**
 * A permanent answer (5yz, RFC 5321, 4.2.1) to the envelope or the text is final. A refused log-in or greeting is our own
 * trouble or the server's, and every message would meet it: those are tried again.
 */
export function outcomeOf(error: unknown): MailOutcome {
  const { code, responseCode } = (error ?? {}) as { code?: unknown; responseCode?: unknown };
  const permanent = typeof responseCode === 'number' && responseCode >= 500;
  return permanent && aboutThisMessage.has(String(code)) ? 'REFUSED' : 'NOT_NOW';
}
