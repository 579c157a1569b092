set check_function_bodies = off;
--> statement-breakpoint
-- An address for a customer's book, the defaults it is wished for, and word of it, in one call: this is how a book is mostly written
-- to. When nothing is new, not even that someone vouches for what was there, nothing is told. Returns the event's sequence, null for
-- nothing. Refuses as lock_address_book does.
create or replace function add_address(
  a_tenant text, a_customer text, a_address jsonb, a_max int, a_shipping text, a_billing text,
  a_event text, a_job text, a_actor jsonb, a_request text, a_now timestamptz
) returns int
language plpgsql volatile as $$
declare
  held text;
  is_new boolean;
begin
  perform lock_address_book(a_tenant, a_customer, a_address ->> 'sameness', a_max);
  perform insert_address(a_tenant, a_customer, a_address, a_now);
  select id into held from address where tenant = a_tenant and customer_id = a_customer and sameness = a_address ->> 'sameness';
  is_new := held = a_address ->> 'id';
  perform settle_default_addresses(a_tenant, a_customer, a_shipping, a_billing);
  -- The defaults moved when this transaction has written the customer.
  if not is_new and not (select c.xmin = pg_current_xact_id()::xid from customer c where c.tenant = a_tenant and c.id = a_customer)
    then return null; end if;
  return emit(a_tenant, a_customer, a_event, a_job, 'customer.updated', array['addresses'],
    address_change(a_tenant, a_customer, held, case when is_new then 'added' else 'changed' end), a_actor, a_request, a_now);
end $$;
--> statement-breakpoint
-- An address, unless the customer has the very same; that one stays as it is, but is vouched for from now on if this one is.
-- The customer is locked before, and the defaults are settled after.
create or replace function insert_address(a_tenant text, a_customer text, a_address jsonb, a_now timestamptz) returns void
language plpgsql volatile as $$
begin
  insert into address (tenant, id, customer_id, label, first_name, last_name, company, line1, line2, city, state, postal_code,
      country, phone, sameness, unproven, created_at, updated_at)
    select a_tenant, id, a_customer, label, first_name, last_name, company, line1, line2, city, state, postal_code,
      country, phone, sameness, unproven, a_now, a_now
    from jsonb_to_record(a_address) as given (id text, label text, first_name text, last_name text, company text,
      line1 text, line2 text, city text, state text, postal_code text, country text, phone text, sameness text, unproven boolean)
    on conflict (tenant, customer_id, sameness) do update set unproven = false
      where address.unproven and not excluded.unproven;
end $$;
