/** E.164, as gateways want it; nine digits are Polish. Undefined where it is no number that a short message reaches. */
export function phoneOf(text: string | undefined): string | undefined {
  const digits = text?.replaceAll(/[\s().-]/g, '').replace(/^00/, '+');
  if (digits === undefined) return undefined;
  if (/^[1-9]\d{8}$/.test(digits)) return `+48${digits}`;
  return /^\+[1-9]\d{7,14}$/.test(digits) ? digits : undefined;
}
