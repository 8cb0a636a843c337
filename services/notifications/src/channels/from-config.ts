import type { NotificationsConfig } from '../config';
import type { BounceAddress } from '../email/bounce-address';
import { type MailSettings, Mailer } from '../email/mailer';
import { type GatewaySettings, SmsGateway } from '../sms/sms-gateway';

export function mailerOf(config: NotificationsConfig, bounces: BounceAddress): Mailer {
  const { SMTP_URL: url, MAIL_FROM: from } = config;
  return new Mailer({ url, from, ...dkimOf(config) }, bounces);
}

function dkimOf({ DKIM_DOMAIN, DKIM_SELECTOR, DKIM_PRIVATE_KEY }: NotificationsConfig): Pick<MailSettings, 'dkim'> {
  const given = [DKIM_DOMAIN, DKIM_SELECTOR, DKIM_PRIVATE_KEY].filter((one) => one !== undefined);
  if (given.length === 0) return {};
  if (!DKIM_DOMAIN || !DKIM_SELECTOR || !DKIM_PRIVATE_KEY)
    throw new Error('DKIM_DOMAIN, DKIM_SELECTOR and DKIM_PRIVATE_KEY go together.');
  return { dkim: { domain: DKIM_DOMAIN, selector: DKIM_SELECTOR, privateKey: DKIM_PRIVATE_KEY } };
}

export const smsGatewayOf = (config: NotificationsConfig): SmsGateway =>
  new SmsGateway({
    url: config.SMS_GATEWAY_URL,
    auth: config.SMS_GATEWAY_AUTH,
    secret: config.SMS_GATEWAY_SECRET,
    fields: JSON.parse(config.SMS_FIELDS) as GatewaySettings['fields'],
    always: JSON.parse(config.SMS_ALWAYS) as GatewaySettings['always'],
  });
