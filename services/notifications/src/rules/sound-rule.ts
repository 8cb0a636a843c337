import { DomainError, type Fault } from '@okienko/contracts/domain-error';
import { aggregateOf, type EventContract } from '@okienko/contracts/event';
import type { ChannelCode } from '../channels/channel';
import { factsGivenBy } from '../templates/letter-facts';
import { heardEvents } from './heard-events';
import { digestText, type RuleContent } from './rule';

export class RuleUnsound extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'rule-unsound';
  override readonly basis = 'Dz.U. 2020 poz. 2320, arts. 4–6; KPA art. 39';
  constructor(override readonly errors: readonly Fault[]) {
    super('Such a rule could not be kept, or the law has it otherwise. Correct what is named below.');
  }
}

interface Property {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly 'x-data-class'?: string;
}

const contracts = new Map<string, EventContract>(heardEvents.map((contract) => [contract.$id, contract]));
const propertiesOf = (contract: EventContract) => contract.properties as Readonly<Record<string, Property>>;

/** Whether the event can tell whom it concerns. */
const namesPerson = (contract: EventContract): boolean =>
  'personId' in contract.properties || aggregateOf(contract.$id) === 'person';
/** Ways on which it can be proven that something was sent and taken. */
export const provable: readonly ChannelCode[] = ['EDORECZENIA', 'LETTER', 'COLLECTION'];
export const isForPeople = ({ audience }: Pick<RuleContent, 'audience'>): boolean =>
  audience === 'PERSON' || audience === 'REPRESENTATIVE';

/** `facts` are those that the rule's text tells of; undefined where there is no such text. Throws all that is wrong at once. */
export function assertSound(rule: RuleContent, facts: readonly string[] | undefined): void {
  const faults = [...eventFaults(rule), ...textFaults(rule, facts), ...wayFaults(rule), ...standingFaults(rule)];
  if (faults.length > 0) throw new RuleUnsound(faults);
}

function eventFaults(rule: RuleContent): Fault[] {
  return rule.events.flatMap((name, at) => {
    const pointer = `/rule/events/${at}`;
    const contract = contracts.get(name);
    if (!contract) return [{ pointer, detail: `No event that is heard here is called "${name}".` }];
    return [...audienceFaults(rule, contract, pointer), ...conditionFaults(rule, contract)];
  });
}

function audienceFaults(rule: RuleContent, contract: EventContract, pointer: string): Fault[] {
  if (isForPeople(rule) && !namesPerson(contract))
    return [{ pointer, detail: `${contract.$id} does not say whom it concerns, so nobody can be written to.` }];
  if (rule.audience === 'PROVIDER' && !('providerId' in contract.properties))
    return [{ pointer, detail: `${contract.$id} names no provider.` }];
  return [];
}

function conditionFaults({ when }: RuleContent, contract: EventContract): Fault[] {
  if (!when) return [];
  const property = propertiesOf(contract)[when.field];
  const pointer = '/rule/when/field';
  if (!property) return [{ pointer, detail: `${contract.$id} has no "${when.field}".` }];
  if (property.type !== 'boolean' && (property.type !== 'string' || property['x-data-class'] !== 'code'))
    return [{ pointer, detail: `"${when.field}" of ${contract.$id} is neither a code nor a yes or no.` }];
  const values = property.type === 'boolean' ? ['true', 'false'] : property.enum;
  return when.in
    .filter((value) => values && !values.includes(value))
    .map((value) => ({ pointer: '/rule/when/in', detail: `"${when.field}" of ${contract.$id} is never ${value}.` }));
}

function textFaults(rule: RuleContent, facts: readonly string[] | undefined): Fault[] {
  const pointer = '/rule/template';
  if (!isForPeople(rule))
    return /^[a-z]/.test(rule.template) ? [] : [{ pointer, detail: 'The code of a notice begins with a letter.' }];
  if (!facts) return [{ pointer, detail: `There is no text "${rule.template}" in all four languages.` }];
  if (rule.digest === 'DAILY')
    return rule.template === digestText ? [] : [{ pointer, detail: `The text of the day's news is "${digestText}".` }];
  return rule.events.flatMap((name) => {
    const contract = contracts.get(name);
    const given: readonly string[] = contract ? factsGivenBy(contract) : facts;
    return facts
      .filter((fact) => !given.includes(fact))
      .map((fact) => ({
        pointer,
        detail: `"${rule.template}" tells of "${fact}", which ${name} does not always have.`,
      }));
  });
}

function wayFaults(rule: RuleContent): Fault[] {
  const pointer = '/rule/channels';
  if (!isForPeople(rule))
    return rule.channels.length === 0
      ? []
      : [{ pointer, detail: 'Staff and providers have their inbox: name no ways.' }];
  if (rule.channels.length === 0) return [{ pointer, detail: 'Name at least one way.' }];
  if (!rule.needsProof) return [];
  return rule.channels
    .filter((channel) => !provable.includes(channel))
    .map((channel) => ({
      pointer,
      detail: `${channel} proves no receipt and starts no term: take ${provable.join(', ')}.`,
    }));
}

function standingFaults(rule: RuleContent): Fault[] {
  const wrong: readonly (readonly [boolean, string, string])[] = [
    [rule.needsProof && rule.standing !== 'LEGAL', 'needsProof', 'Only what the law wants told needs a proof.'],
    [rule.needsProof && !isForPeople(rule), 'needsProof', 'An inbox proves nothing.'],
    [rule.standing === 'EXTRA' && rule.audience !== 'PERSON', 'standing', 'Only the person can consent to extras.'],
    [
      rule.digest === 'DAILY' && (rule.standing !== 'INFORMATIVE' || !isForPeople(rule)),
      'digest',
      'Only what informs people may be gathered for the end of the day.',
    ],
    [
      rule.digest === 'DAILY' && rule.delayMinutes > 0,
      'delayMinutes',
      'What is gathered for the day has its own time.',
    ],
    [
      rule.audience === 'PERSON' && !rule.stopsOn.includes('DEATH'),
      'stopsOn',
      'Nobody writes to the dead: name DEATH.',
    ],
  ];
  return wrong.filter(([is]) => is).map(([, field, detail]) => ({ pointer: `/rule/${field}`, detail }));
}
