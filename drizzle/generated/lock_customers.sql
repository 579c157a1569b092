-- Waits for another change of one of these customers. In the order of their ids, so that two who want the same ones do not wait
-- for each other.
-- SQL by hand: merge and undo, which are written by hand, lock in the same order.
create or replace function lock_customers_8a964dfc(a_tenant text, a_ids text[]) returns void
language plpgsql volatile as $$
begin
  perform from customer where tenant = a_tenant and id = any(a_ids) order by id for no key update;
end $$;
