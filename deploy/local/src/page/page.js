import { showCity } from './city.js';
import { showEvent } from './events.js';
import { follow } from './feed.js';
import { showFigures } from './figures.js';
import { showHealth } from './health.js';
import { showStep } from './journey.js';
import { showMail } from './mailbox.js';
import { showWebhook } from './partner.js';
import { showAccounts } from './tokens.js';

follow({
  status: showHealth,
  figures: showFigures,
  city: showCity,
  step: showStep,
  event: showEvent,
  mail: showMail,
  webhook: showWebhook,
});
void showAccounts();
