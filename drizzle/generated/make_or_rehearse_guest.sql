-- Makes the guest of a storefront's checkout. If the address has a guest already, the same is done under a key that nobody has, and undone:
-- a stranger who measures the time does not learn who is known. The trigger's checks are part of it, so they run at once.
-- SQL by hand: only a block of PL/pgSQL undoes a part of a transaction.
-- May be null: request, first_name, last_name, phone, locale, address_label, address_first_name, address_last_name, address_company, address_line2, address_city, address_state, address_postal_code, address_phone.
create or replace function make_or_rehearse_guest_b908272d(
  a_tenant text, a_now timestamptz, a_actor jsonb, a_request text, a_event text, a_job text,
  a_id text, a_email text, a_email_key text, a_first_name text, a_last_name text, a_phone text, a_locale text,
  a_first_name_key text, a_last_name_key text, a_silent boolean,
  a_address_label text default null, a_address_first_name text default null, a_address_last_name text default null,
  a_address_company text default null, a_address_line1 text default null, a_address_line2 text default null,
  a_address_city text default null, a_address_state text default null, a_address_postal_code text default null,
  a_address_country text default null, a_address_phone text default null, a_address_id text default null,
  a_address_sameness text default null, a_address_keys jsonb default null
) returns void
-- A cached plan must not scan a table that was small when it was made.
language plpgsql volatile set enable_seqscan = off as $$
declare
  is_known boolean := exists (
    select from customer where tenant = a_tenant and email_key = a_email_key and status = 'guest');
  key text := case when is_known then a_id else a_email_key end;
begin
  if a_address_id is null then
    perform make_guest_04d4243c(a_tenant, a_now, a_actor, a_request, a_event, a_job, a_id, a_email, key,
      a_first_name, a_last_name, a_phone, a_locale, a_first_name_key, a_last_name_key, true, a_silent);
  else
    perform make_guest_with_address_62e7cd59(a_tenant, a_now, a_actor, a_request, a_event, a_job, a_id, a_email, key,
      a_first_name, a_last_name, a_phone, a_locale, a_first_name_key, a_last_name_key, true, a_silent,
      a_address_label, a_address_first_name, a_address_last_name, a_address_company,
      a_address_line1, a_address_line2, a_address_city, a_address_state, a_address_postal_code,
      a_address_country, a_address_phone, a_address_id, a_address_sameness, a_address_keys);
  end if;
  set constraints all immediate;
  if is_known then raise exception using errcode = 'CU002', message = 'rehearsed'; end if;
exception when sqlstate 'CU002' then return;
end $$;
