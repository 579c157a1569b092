-- One page of the orders of a customer, or of the survivor it was merged into, newest first, and one more to know that there are
-- more.
create or replace function order_list(
  a_tenant text, a_customer text, a_state text, a_placed_at timestamptz, a_id text, a_limit int
) returns json
language plpgsql stable parallel safe as $$
declare
  holder text := (visible_customer(a_tenant, a_customer)).id;
begin
  if holder is null then return null; end if;
  return json_build_object('orders', (
    select coalesce(json_agg(order_row_document(page::"order") order by page.placed_at desc, page.id desc), '[]') from (
      select * from "order" o
      where o.tenant = a_tenant and o.customer_id = holder and (a_state is null or o.state = a_state)
        and (a_id is null or (o.placed_at, o.id) < (a_placed_at, a_id))
      order by o.placed_at desc, o.id desc limit a_limit + 1) page));
end $$;
