-- Locks orders before they are recorded, and the customers whose counters they touch. If a merge has changed these customers while this
-- waited, it releases its locks and locks the new ones.
-- SQL by hand: it locks in a loop. If another transaction has changed the set of customers meanwhile, it starts again.
-- May be null: nothing.
create or replace function lock_order_sides_bc69462b(a_tenant text, a_orders jsonb) returns void
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
      sides := order_sides_54811f0f(a_tenant, a_orders);
      foreach side in array sides loop
        perform from customer where tenant = a_tenant and id = side for no key update;
      end loop;
      if not order_sides_54811f0f(a_tenant, a_orders) <@ sides then raise serialization_failure; end if;
      return;
    exception when serialization_failure then
      tries := tries + 1;
      if tries = 20 then raise; end if;
    end;
  end loop;
end $$;
