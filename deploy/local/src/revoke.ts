import { parseArgs } from 'node:util';
import { revocationReasons } from '@okienko/chassis/revocations';
import { services } from '@okienko/contracts/event';
import { Obstacle, reasonOf } from './obstacle';
import { Operator, operatorToken } from './operator';
import { portNumber } from './ports';
import { urlOf } from './services';
import { run } from './steps';

/** `npm run revoke`: every service refuses what an account has been given so far. Each is told, also when another cannot be. */
run(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { reason: { type: 'string' }, url: { type: 'string', multiple: true } },
  });
  const [account] = positionals;
  const { reason = '', url } = values;
  if (account === undefined || !(revocationReasons as readonly string[]).includes(reason))
    throw new Obstacle(`Say it as \`npm run revoke -- <account> --reason ${revocationReasons.join('|')}\`.`);
  const token = await operatorToken(url !== undefined);
  const places = url ?? services.map((service) => urlOf(portNumber(service)));
  let untold = 0;
  for (const place of places) {
    try {
      await new Operator(place.replace(/\/$/, ''), token).call('POST', '/revocations', { account, reason });
      console.log(`${place}  refuses the tokens of ${account} within five seconds`);
    } catch (error) {
      untold += 1;
      console.error(`${place}  was not told: ${reasonOf(error)}`);
    }
  }
  if (untold > 0) throw new Obstacle(`${untold} of ${places.length} were not told. Say it again; twice does no harm.`);
});
