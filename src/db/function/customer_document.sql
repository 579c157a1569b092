-- One customer as the API answers with it: the version beside it, and the id that was asked for when that one was merged into
-- it. What is erased or deleted reads as nothing.
create or replace function customer_document(a_tenant text, a_id text, a_currency text) returns json
language plpgsql stable parallel safe as $$
declare
  it customer;
  merged_from text;
begin
  select * into it from customer where tenant = a_tenant and id = a_id;
  if it.status = 'merged' then
    merged_from := a_id;
    select * into it from customer where tenant = a_tenant and id = it.merged_into;
  end if;
  if it.id is null or it.status in ('erased', 'deleted') then return null; end if;
  return json_build_object(
    'version', it.version, 'mergedFrom', merged_from, 'customer', customer_row_document(it, a_currency));
end $$;
