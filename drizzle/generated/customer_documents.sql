-- Several customers, each as customer_row_document has it. In one query that is planned once: for a page that takes half the time of
-- a call for each. Each document is made of a row, whose columns have their names and types once and for all. Addresses come in the
-- order of their index, which is that of time.
create or replace function customer_documents(a_customers customer[], a_currency text) returns json
language plpgsql stable parallel safe set plan_cache_mode = force_generic_plan as $$
begin
  return (
    select coalesce(json_agg(document), '[]')
    from unnest(a_customers) it
    cross join lateral (
      select it.id, it.external_id as "externalId", it.email,
        it.first_name as "firstName", it.last_name as "lastName", it.phone, it.locale,
        it.status, it.email_verified_at is not null as "emailVerified",
        array(select address from (
          select a.id, a.label, a.first_name as "firstName", a.last_name as "lastName", a.company, a.line1, a.line2, a.city, a.state,
            a.postal_code as "postalCode", a.country, a.phone, a.id is not distinct from it.default_shipping_id as "isDefault",
            default_for(a.id, it.default_shipping_id, it.default_billing_id) as "defaultFor"
          from address a where a.tenant = it.tenant and a.customer_id = it.id order by a.id) address) as addresses,
        it.group_keys as groups, it.metadata,
        it.order_count as "orderCount", it.total_spent as "totalSpent", a_currency as currency, spent_document(it.spent) as spent,
        iso(it.last_order_at) as "lastOrderAt", iso(it.created_at) as "createdAt", iso(it.updated_at) as "updatedAt") document);
end $$;
