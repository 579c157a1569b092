-- Head of taking in orders: a commit that takes in the same ones waits, and so does one that changes a customer whose counters they
-- touch. When a merge was faster while we waited, the locks are given back, and those are locked whom it named.
-- SQL by hand: it locks in a loop, and starts again when what it waited for has changed whom it must lock.
-- May be null: nothing.
create or replace function lock_order_sides(a_tenant text, a_orders jsonb) returns void
language plpgsql volatile as $$
declare
  sides text[];
  side text;
  tries int := 0;
begin
  perform pg_advisory_xact_lock(twin.key) from (
    select distinct hashtextextended(a_tenant || chr(31) || (given ->> 'id'), 3) as key
    from jsonb_array_elements(a_orders) given order by 1
  ) twin;
  loop
    begin
      sides := order_sides(a_tenant, a_orders);
      foreach side in array sides loop
        perform from customer where tenant = a_tenant and id = side for no key update;
      end loop;
      if not order_sides(a_tenant, a_orders) <@ sides then raise serialization_failure; end if;
      return;
    exception when serialization_failure then
      tries := tries + 1;
      if tries = 20 then raise; end if;
    end;
  end loop;
end $$;
