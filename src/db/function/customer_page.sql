-- A page of all customers that are listed: `data` as customer_documents has it, and `next`, the position to go on from, null at the
-- end. What a list with filters says in a statement of its own, for the lists that are asked for most.
create or replace function customer_page(
  a_tenant text, a_currency text, a_order text, a_key text, a_id text, a_limit int, out data text, out next json
) language plpgsql stable parallel safe as $$
declare
  ids text[] := customer_walk(a_tenant, a_order, a_key, a_id, a_limit + 1);
  last_id text := ids[a_limit];
begin
  data := customer_documents(a_tenant, ids[:a_limit], a_currency);
  if cardinality(ids) <= a_limit then return; end if;
  if a_order like 'id %' then
    next := json_build_array(last_id, last_id, false);
    return;
  end if;
  select json_build_array(case split_part(a_order, ' ', 1)
      when 'updated_at' then to_json(updated_at) when 'last_order_key' then to_json(last_order_key)
      when 'total_spent' then to_json(total_spent) when 'order_count' then to_json(order_count)
      when 'last_name_key' then to_json(last_name_key) when 'email_key' then to_json(email_key) end, id, false)
    into strict next from customer where tenant = a_tenant and id = last_id;
end $$;
