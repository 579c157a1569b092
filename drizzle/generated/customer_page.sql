-- A page of all customers that are listed: `data` as customer_documents has it, and `next`, the position to go on from, null at the
-- end. What a list with filters says in a statement of its own, for the lists that are asked for most.
create or replace function customer_page(
  a_tenant text, a_currency text, a_order text, a_key text, a_id text, a_limit int, out data text, out next json
) language plpgsql stable parallel safe as $$
declare
  page customer[] := customer_walk(a_tenant, a_order, a_key, a_id, a_limit + 1);
  last customer := page[a_limit];
begin
  data := customer_documents(page[:a_limit], a_currency);
  if cardinality(page) <= a_limit then return; end if;
  next := json_build_array(case split_part(a_order, ' ', 1)
    when 'id' then to_json(last.id)
    when 'updated_at' then to_json(last.updated_at) when 'last_order_key' then to_json(last.last_order_key)
    when 'total_spent' then to_json(last.total_spent) when 'order_count' then to_json(last.order_count)
    when 'last_name_key' then to_json(last.last_name_key) when 'email_key' then to_json(last.email_key) end, last.id, false);
end $$;
