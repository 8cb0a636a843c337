import type { TemplateKind } from '@okienko/printing/template';
import type { DecisionFacts, FactsOf, Frame, TemplateName } from './document-facts';

type Samples = { readonly [Name in TemplateName]: TemplateKind<FactsOf[Name]> };

const barest: Frame = {
  centre: { name: 'Centrum Usług Społecznych w Żukowie' },
  issuedOn: '5 marca 2026 r.',
  addressee: { name: 'Żaneta Łoś-Kowal' },
  signatory: { name: 'Olga Ślęzak', position: 'organizatorka usług społecznych' },
};
const fullest: Frame = {
  ...barest,
  centre: { ...barest.centre, address: 'ul. Jasna 1, 83-330 Żukowo' },
  addressee: { ...barest.addressee, address: 'ul. Cicha 7/2, 83-330 Żukowo' },
};
const frame = ['centre.name', 'issuedOn', 'addressee.name', 'signatory.name', 'signatory.position'];

const application = { filedOn: '20 lutego 2026 r.' };
const decided: Omit<DecisionFacts, keyof Frame> = {
  authority: 'Burmistrz Żukowa',
  appealBody: 'Samorządowego Kolegium Odwoławczego w Gdańsku',
  application,
  service: { name: 'Teleopieka' },
  decision: {
    number: 'CUS.5021.7.2026',
    issuedOn: '4 marca 2026 r.',
    legalBasis: 'Art. 42 ust. 3 ustawy z dnia 19 lipca 2019 r.',
    reasons: 'Wszystkie miejsca są zajęte.',
    appealDays: '14',
    authorisation: { number: 'OR.077.12.2026' },
  },
};
/** KPA art. 107 § 1: authority, date, party, legal basis, ruling, reasons, instruction, signature with name and position, authorisation. */
const partsOfDecision = [
  'authority',
  'decision.number',
  'decision.issuedOn',
  'addressee.name',
  'decision.legalBasis',
  'service.name',
  'decision.reasons',
  'decision.appealDays',
  'appealBody',
  'signatory.name',
  'signatory.position',
  'decision.authorisation.number',
];

const period = { from: '1 kwietnia 2026 r.', to: '31 sierpnia 2026 r.' };
const planned = { name: 'Teleopieka', performer: 'Spółdzielnia Socjalna Sąsiad', quantity: 'liczba godzin: 30' };

/** By what each kind of template is tried before it is used. */
export const samples: Samples = {
  'qualification-notice': {
    barest: { ...barest, application, services: [{ name: 'Teleopieka' }] },
    fullest: {
      ...fullest,
      application,
      services: [{ name: 'Teleopieka', number: 'CUS.5020.3.2026', until: period.to, quantity: 'liczba godzin: 30' }],
    },
    required: [...frame, 'application.filedOn', 'services.0.name'],
  },
  'decision-refusal': {
    barest: { ...barest, ...decided },
    fullest: { ...fullest, ...decided },
    required: partsOfDecision,
  },
  'decision-part-refusal': {
    barest: { ...barest, ...decided },
    fullest: { ...fullest, ...decided, granted: 'liczba godzin: 30' },
    required: partsOfDecision,
  },
  'decision-fee': {
    barest: { ...barest, ...decided, fee: { amount: '120,50' } },
    fullest: { ...fullest, ...decided, fee: { amount: '120,50', period: 'od 1 marca do 31 marca 2026 r.' } },
    required: [...partsOfDecision, 'fee.amount'],
  },
  plan: {
    barest: { ...barest, plan: { state: 'projekt planu', ...period, services: [planned] } },
    fullest: {
      ...fullest,
      plan: {
        state: 'plan zatwierdzony',
        ...period,
        services: [{ ...planned, place: 'w domu', schedule: 'codziennie od 22 do 6' }],
        supportingActivities: ['spotkania w klubie sąsiedzkim'],
        goals: ['spokojny sen'],
        agreement: { on: '10 marca 2026 r.', manner: 'podpis' },
        approval: { on: '12 marca 2026 r.', authorisation: 'OR.077.12.2026' },
      },
    },
    required: [
      ...frame,
      'plan.state',
      'plan.from',
      'plan.to',
      'plan.services.0.name',
      'plan.services.0.performer',
      'plan.services.0.quantity',
    ],
  },
  'plan-summary': {
    barest: {
      ...barest,
      plan: period,
      ending: { on: '30 lipca 2026 r.', reason: 'rezygnacja' },
      talk: { on: '5 sierpnia 2026 r.', wasHeld: false },
      description: 'Pani Żaneta śpi spokojniej.',
    },
    fullest: {
      ...fullest,
      plan: period,
      ending: { on: '30 lipca 2026 r.', reason: 'rezygnacja' },
      talk: { on: '5 sierpnia 2026 r.', wasHeld: true },
      description: 'Pani Żaneta śpi spokojniej.',
    },
    required: [...frame, 'plan.from', 'plan.to', 'ending.on', 'ending.reason', 'talk.on', 'description'],
  },
};
