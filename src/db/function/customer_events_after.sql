-- As events_after, those of one customer: its events are sorted.
create or replace function customer_events_after(a_tenant text, a_customer text, a_xact xid8, a_id text, a_most int) returns setof event
language plpgsql stable parallel safe as $$
begin
  return query select * from event
    where tenant = a_tenant and customer_id = a_customer
      and (xact, id) > (a_xact, a_id) and xact < pg_snapshot_xmin(pg_current_snapshot())
    order by xact, id limit a_most;
end $$;
