import { createHmac, timingSafeEqual } from 'node:crypto';

/** Hex digits: 80 bits, more than anybody tries over mail, and short enough for a local part of 64 characters. */
const macLength = 20;
const marked = /\+([0-9a-f]{32})\.([0-9a-f]{20})@/gi;

/**
 * The envelope sender of each message (VERP): a mail server that gives the message back names it by the address. The mark is
 * signed, so nobody can make a message undelivered by inventing its address.
 */
export class BounceAddress {
  constructor(
    private readonly address: string | undefined,
    private readonly key: Buffer,
  ) {}

  /** Undefined where no such mailbox is configured. */
  of(messageId: string): string | undefined {
    const [local, domain] = this.address?.split('@') ?? [];
    if (!local || !domain) return undefined;
    const id = messageId.replaceAll('-', '');
    return `${local}+${id}.${this.macOf(id)}@${domain}`;
  }

  /** The message that one of the addresses in the text names with our signature. */
  messageIn(text: string): string | undefined {
    for (const [, given = '', mac = ''] of text.matchAll(marked)) {
      const id = given.toLowerCase();
      if (timingSafeEqual(Buffer.from(mac.toLowerCase()), Buffer.from(this.macOf(id)))) return asUuid(id);
    }
    return undefined;
  }

  private macOf(id: string): string {
    return createHmac('sha256', this.key).update(`bounce|${id}`).digest('hex').slice(0, macLength);
  }
}

const asUuid = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
