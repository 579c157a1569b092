-- A webhook as the API answers with it, the version beside it; null when there is none. Its secret is sealed: only those who
-- show it ask for it.
create or replace function webhook_document(a_tenant text, a_id text, a_with_secret boolean default false) returns json
language plpgsql stable parallel safe as $$
declare
  it webhook;
begin
  select * into it from webhook where tenant = a_tenant and id = a_id and status <> 'deleted';
  if not found then return null; end if;
  return json_build_object(
    'version', it.version, 'secret', case when a_with_secret then it.secret end, 'webhook', webhook_row_document(it));
end $$;
