-- The owner of the address has proven it: the account is theirs, with this password (null: the one it has), and every session and
-- link of before is void. With a_drop goes what others than the owner may have written: contact data nobody vouched for, and the
-- whole profile of an account that a stranger's login had made. Stamps what a reader sees changed, under the version to come.
create or replace function claim_account(
  a_tenant text, a_id text, a_password_hash text, a_drop boolean, a_now timestamptz
) returns void
language plpgsql volatile as $$
declare
  it customer;
  fields text[] := '{}';
begin
  select * into it from customer where tenant = a_tenant and id = a_id for no key update;
  if a_drop then
    delete from address where tenant = a_tenant and customer_id = a_id and (unproven or it.provisional);
    if found then
      perform settle_default_addresses(a_tenant, a_id, null, null);
      fields := fields || 'addresses'::text;
    end if;
  end if;
  if a_drop and it.provisional then
    fields := fields || array_remove(array[
      case when it.first_name is not null then 'firstName' end, case when it.last_name is not null then 'lastName' end,
      case when it.phone is not null then 'phone' end, case when it.locale is not null then 'locale' end,
      case when it.metadata <> '{}' then 'metadata' end], null);
    update customer set first_name = null, last_name = null, first_name_key = '', last_name_key = '', phone = null,
        locale = null, metadata = '{}'
      where tenant = a_tenant and id = a_id;
  end if;
  if it.status = 'unverified' then fields := fields || 'status'::text; end if;
  if it.email_verified_at is null then fields := fields || 'emailVerified'::text; end if;
  update customer set
    password_hash = coalesce(a_password_hash, password_hash),
    email_verified_at = coalesce(email_verified_at, a_now),
    claimed_at = coalesce(claimed_at, a_now),
    status = case status when 'unverified' then 'active' else status end,
    provisional = false,
    changed_at = changed_at || coalesce((select jsonb_object_agg(field, it.version + 1) from unnest(fields) field), '{}')
    where tenant = a_tenant and id = a_id;
  delete from session where tenant = a_tenant and customer_id = a_id;
  delete from mail_token where tenant = a_tenant and subject = a_id and purpose in ('verify', 'reset');
  delete from failure where tenant = a_tenant and customer_id = a_id;
  perform forget_attempts(a_tenant, it.email_key);
end $$;
