/**
 * SQL: what the providers of the offer `o` have free, from windows that are not over on that day. Next free is that day when a place is
 * free, else the day after the earliest planned end of what holds one, or the first day of a window to come; nothing where none of them
 * is known. A planned end that has passed without a release promises nothing.
 */
export const capacityOf = (today: string): string => `(
  select case when count(*) > 0 then jsonb_strip_nulls(jsonb_build_object(
    'places', coalesce(sum(c.places) filter (where c.open), 0),
    'free', coalesce(sum(c.free) filter (where c.open), 0),
    'nextFreeOn', min(case when c.free > 0 then greatest(${today}::date, c.available_from) else (
      select min(p.until) + 1 from capacity_place p
      where p.capacity_id = c.capacity_id and p.until >= ${today}::date and p.until < c.available_to) end),
    'asOf', max(c.as_of),
    'position', sum(c.sequence))) end
  from (select *, coalesce(available_from <= ${today}::date, true) as open from capacity_copy) c
  where c.offer_id = o.id and c.available_to >= ${today}::date)`;

/** SQL: how many wait for the offer `o`; nothing where nobody ever has. */
export const queueOf = `(
  select case when count(*) > 0 then jsonb_build_object(
    'waiting', count(*) filter (where i.state = 'WAITLISTED'), 'asOf', max(i.as_of), 'position', sum(i.sequence)) end
  from application_item_copy i where i.offer_id = o.id and i.waitlisted_on is not null)`;

/** SQL: the offer `o` has a place free on that day. */
export const hasFreePlace = (today: string): string => `exists (
  select from capacity_copy c
  where c.offer_id = o.id and c.free > 0 and c.available_to >= ${today}::date
    and (c.available_from is null or c.available_from <= ${today}::date))`;
