-- One page of the groups of a customer, or of the survivor it was merged into, after one of them, by their keys, and one more to know
-- that there are more; and of how many, counting no further than a_most; nothing is counted when that is null.
create or replace function membership_page(a_tenant text, a_customer text, a_after text, a_limit int, a_most int) returns json
language plpgsql stable parallel safe as $$
declare
  holder text := (visible_customer(a_tenant, a_customer)).id;
  total int;
begin
  if holder is null then return null; end if;
  if a_most is not null then
    select count(*) into total from (
      select from membership where tenant = a_tenant and customer_id = holder limit a_most) counted;
  end if;
  return json_build_object('customerId', holder, 'total', total, 'memberships', array(
    select membership_row_document(it) from membership it
    where it.tenant = a_tenant and it.customer_id = holder and it.group_key > a_after
    order by it.group_key limit a_limit + 1));
end $$;
