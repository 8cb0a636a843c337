export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

const uri =
  /^https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/([\w.~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?(\?([\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?(#([\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?$/;

/** A web address, if it is a URI (RFC 3986) as it stands: browsers take more than that. */
export const plainUri = (text: string | undefined): string | undefined =>
  text !== undefined && uri.test(text) ? text : undefined;

const email = /^[\w%+-]{1,64}(\.[\w%+-]{1,64}){0,8}@([A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9]\.){1,8}[A-Za-z]{2,24}$/;

/** An e-mail address, if it is one that every validator takes. */
export const plainEmail = (text: string | undefined): string | undefined =>
  text !== undefined && email.test(text) ? text : undefined;
