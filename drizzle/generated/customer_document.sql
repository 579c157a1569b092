-- One customer as the API answers with it: the version beside it, and the id that was asked for when that one was merged into
-- it. What is erased or deleted reads as nothing.
create or replace function customer_document(a_tenant text, a_id text, a_currency text) returns json
language plpgsql stable parallel safe as $$
declare
  it customer := visible_customer(a_tenant, a_id);
begin
  if it.id is null then return null; end if;
  return json_build_object(
    'version', it.version, 'mergedFrom', case when it.id <> a_id then a_id end,
    'customer', customer_row_document(it, a_currency));
end $$;
