-- Head of taking in orders: whoever takes in the same ones waits, and so does whoever changes a customer whose counters they touch.
-- When a merge was faster while we waited, the locks are given back: once more, with whom it named.
-- May be null: nothing.
create or replace function hold_order_sides(a_tenant text, a_orders jsonb) returns void
language plpgsql volatile as $$
declare
  sides text[];
  side text;
  tries int := 0;
begin
  perform pg_advisory_xact_lock(twin.key) from (
    select distinct hashtextextended(a_tenant || chr(31) || (one ->> 'id'), 3) as key from jsonb_array_elements(a_orders) one order by 1
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
