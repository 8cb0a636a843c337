import PostalMime from 'postal-mime';
import { smtpCode } from './mail-outcome';

/** What a mail server reports (RFC 3464). */
export interface DeliveryStatus {
  /** Addresses that the report was sent to, as text. */
  readonly addressees: string;
  /** IGNORED: it says nothing of a failure, such as an absence note. */
  readonly outcome: 'FAILED' | 'DELAYED' | 'IGNORED';
  readonly code: string;
}

const addressHeaders = new Set(['to', 'delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to']);

/** Undefined where it is no message at all. A message of ours has one recipient, so the worst that is said is said of it. */
export async function readDeliveryStatus(raw: Buffer): Promise<DeliveryStatus | undefined> {
  const options = { forceRfc822Attachments: true, attachmentEncoding: 'utf8', maxNestingDepth: 16 } as const;
  const mail = await PostalMime.parse(raw, options).catch(() => undefined);
  if (!mail) return undefined;
  const addressees = mail.headers.flatMap(({ key, value }) => (addressHeaders.has(key) ? value : [])).join(', ');
  const reports = mail.attachments.filter(({ mimeType }) => mimeType === 'message/delivery-status');
  const blocks = reports.flatMap(({ content }) => String(content).split(/\r?\n\s*\r?\n/));
  const said = blocks.map(fieldsOf);
  const failed = said.find(({ action, status }) => action === 'failed' && status?.startsWith('5.'));
  const delayed = said.find(({ action, status }) => action === 'delayed' || (action === 'failed' && status));
  const status = (failed ?? delayed)?.status;
  const outcome = failed ? 'FAILED' : delayed ? 'DELAYED' : 'IGNORED';
  return { addressees, outcome, code: status === undefined ? 'UNKNOWN' : smtpCode(status) };
}

function fieldsOf(block: string): { readonly action?: string; readonly status?: string } {
  const action = /^action:\s*([a-z]+)/im.exec(block)?.[1]?.toLowerCase();
  const status = /^status:\s*(\d\.\d{1,3}\.\d{1,3})/im.exec(block)?.[1];
  return { ...(action !== undefined && { action }), ...(status !== undefined && { status }) };
}
