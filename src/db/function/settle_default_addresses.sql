-- Hands out the defaults of one customer, whose row is locked, after any change of its addresses: to the address that was wished
-- for, else to the one that holds it, else to the one most recently added or changed. What nobody has vouched for is a default of
-- guests only. The customer's country follows. Addresses that gain or lose a default have another version: a reader sees it.
-- True when a default or the country moved: then the customer's addresses are stamped with the version to come.
-- May be null: shipping, billing.
-- Never null.
create or replace function settle_default_addresses(
  a_tenant text, a_customer text, a_shipping text, a_billing text
) returns boolean
language plpgsql volatile as $$
declare
  it customer;
  shipping record;
  billing record;
begin
  select * into it from customer where tenant = a_tenant and id = a_customer;
  select a.id, a.country into shipping from address a
    where a.tenant = a_tenant and a.customer_id = a_customer and (not a.unproven or it.status = 'guest')
    order by a.id = a_shipping desc nulls last, a.id = it.default_shipping_id desc nulls last, a.updated_at desc, a.id desc
    limit 1;
  select a.id into billing from address a
    where a.tenant = a_tenant and a.customer_id = a_customer and (not a.unproven or it.status = 'guest')
    order by a.id = a_billing desc nulls last, a.id = it.default_billing_id desc nulls last, a.updated_at desc, a.id desc
    limit 1;
  if it.default_shipping_id is not distinct from shipping.id and it.default_billing_id is not distinct from billing.id
    and it.country = coalesce(shipping.country, '') then return false; end if;
  update customer set
    default_shipping_id = shipping.id, default_billing_id = billing.id, country = coalesce(shipping.country, ''),
    changed_at = changed_at || jsonb_build_object('addresses', version + 1)
    where tenant = a_tenant and id = a_customer;
  update address a set
    version = moved.version,
    changed_at = a.changed_at || jsonb_build_object('defaultFor', moved.version)
      || case when moved.shipping then jsonb_build_object('isDefault', moved.version) else '{}' end
    from (
      select before.id,
        -- What this transaction has written already (xmin) has its next version.
        before.version + (before.xmin <> pg_current_xact_id()::xid)::int as version,
        (before.id is not distinct from shipping.id) <> (before.id is not distinct from it.default_shipping_id) as shipping,
        (before.id is not distinct from billing.id) <> (before.id is not distinct from it.default_billing_id) as billing
      from address before where before.tenant = a_tenant and before.customer_id = a_customer
    ) moved
    where a.tenant = a_tenant and a.id = moved.id and (moved.shipping or moved.billing);
  return true;
end $$;
