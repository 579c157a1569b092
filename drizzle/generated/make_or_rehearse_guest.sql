-- Makes the guest of a storefront's checkout. If the address has a guest already, the same is done under a key that nobody has, and undone:
-- a stranger who measures the time does not learn who is known. The trigger's checks are part of it, so they run at once.
-- SQL by hand: only a block of PL/pgSQL undoes a part of a transaction.
-- May be null: request, first_name, last_name, phone, locale, address_label, address_first_name, address_last_name, address_company, address_line2, address_city, address_state, address_postal_code, address_phone.
create or replace function make_or_rehearse_guest_266e7b65(
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
  -- By name, for the order of the parameters follows from the field lists.
  if a_address_id is null then
    perform make_guest_08b97670(
      "p_tenant" => a_tenant, "p_now" => a_now, "p_actor" => a_actor, "p_request" => a_request, "p_event" => a_event, "p_job" => a_job,
      "p_id" => a_id, "p_email" => a_email, "p_emailKey" => key, "p_firstName" => a_first_name, "p_lastName" => a_last_name,
      "p_phone" => a_phone, "p_locale" => a_locale, "p_firstNameKey" => a_first_name_key, "p_lastNameKey" => a_last_name_key,
      "p_unproven" => true, "p_silent" => a_silent);
  else
    perform make_guest_with_address_9b77dc33(
      "p_tenant" => a_tenant, "p_now" => a_now, "p_actor" => a_actor, "p_request" => a_request, "p_event" => a_event, "p_job" => a_job,
      "p_id" => a_id, "p_email" => a_email, "p_emailKey" => key, "p_firstName" => a_first_name, "p_lastName" => a_last_name,
      "p_phone" => a_phone, "p_locale" => a_locale, "p_firstNameKey" => a_first_name_key, "p_lastNameKey" => a_last_name_key,
      "p_unproven" => true, "p_silent" => a_silent,
      "p_addressLabel" => a_address_label, "p_addressFirstName" => a_address_first_name, "p_addressLastName" => a_address_last_name,
      "p_addressCompany" => a_address_company, "p_addressLine1" => a_address_line1, "p_addressLine2" => a_address_line2,
      "p_addressCity" => a_address_city, "p_addressState" => a_address_state, "p_addressPostalCode" => a_address_postal_code,
      "p_addressCountry" => a_address_country, "p_addressPhone" => a_address_phone, "p_addressId" => a_address_id,
      "p_addressSameness" => a_address_sameness, "p_addressKeys" => a_address_keys);
  end if;
  set constraints all immediate;
  if is_known then raise exception using errcode = 'CU002', message = 'rehearsed'; end if;
exception when sqlstate 'CU002' then return;
end $$;
