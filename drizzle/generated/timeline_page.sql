-- One page of what happened to a customer, or to the survivor it was merged into, before a number of its sequence, the latest first,
-- and one more to know that there are more; and of how many, counting no further than a_most; nothing is counted when that is null.
create or replace function timeline_page(a_tenant text, a_customer text, a_before int, a_limit int, a_most int) returns json
language plpgsql stable parallel safe as $$
declare
  holder text := (visible_customer(a_tenant, a_customer)).id;
  total int;
begin
  if holder is null then return null; end if;
  if a_most is not null then
    select count(*) into total from (
      select from event where tenant = a_tenant and customer_id = holder limit a_most) counted;
  end if;
  return json_build_object('total', total, 'events', array(
    select event_document(e) from event e
    where e.tenant = a_tenant and e.customer_id = holder and e.sequence < coalesce(a_before, 2147483647)
    order by e.sequence desc limit a_limit + 1));
end $$;
