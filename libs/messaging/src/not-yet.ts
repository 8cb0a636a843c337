/**
 * What a handler throws when an event has come before one of another aggregate that it depends on. It is handed over again, for about ten
 * minutes and without counting as a failure, and parked as a gap if the other never comes.
 */
export class NotYet extends Error {}
