-- The events of a tenant, or of one customer, after a place in the feed, in its order, 2000 at most. It ends before the oldest
-- transaction that is still running. The plan is kept and may not sort: the index has the order, and nobody knows how many there are
-- before there are statistics. Those of one customer are found by it and sorted, which nothing but the fence makes sure of.
create or replace function events_after(a_tenant text, a_customer text, a_xact xid8, a_id text, a_most int) returns setof event
language plpgsql stable parallel safe set plan_cache_mode = force_generic_plan set enable_sort = off as $$
declare
  open_xact xid8 := pg_snapshot_xmin(pg_current_snapshot());
begin
  if a_customer is null then
    return query select * from (
      select * from event where tenant = a_tenant and (xact, id) > (a_xact, a_id) and xact < open_xact
      order by xact, id limit 2000) e limit a_most;
  else
    return query select * from (select * from event where tenant = a_tenant and customer_id = a_customer offset 0) e
      where (xact, id) > (a_xact, a_id) and xact < open_xact order by xact, id limit a_most;
  end if;
end $$;
