import { table } from '../table.mapping';
import { DismissedPayment } from './dismissed-payment';

export const dismissedPaymentMapping = table(DismissedPayment, 'payment_dismissal', {
  grosze: 'int',
  reasonCode: 'text',
  dismissedBy: 'text',
  dismissedOn: 'date',
});
