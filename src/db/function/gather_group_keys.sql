-- Writes down on the customer what groups it is in, in order; what a reader sees changed is stamped with the version to come. The lock
-- stands before the look: two who add one customer to two groups see each other.
create or replace function gather_group_keys(a_tenant text, a_customer text) returns void
language plpgsql volatile as $$
declare
  noted text[];
  keys text[];
begin
  select group_keys into noted from customer where tenant = a_tenant and id = a_customer for no key update;
  select coalesce(array_agg(group_key::text order by group_key), '{}') into keys from membership
    where tenant = a_tenant and customer_id = a_customer;
  if noted <> keys then
    update customer set group_keys = keys, changed_at = changed_at || jsonb_build_object('groups', version + 1)
      where tenant = a_tenant and id = a_customer;
  end if;
end $$;
