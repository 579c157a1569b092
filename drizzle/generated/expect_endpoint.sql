-- Refuses when nothing can be sent to a webhook.
create or replace function expect_endpoint(a_tenant text, a_id text) returns void
language plpgsql volatile as $$
declare
  found_status text;
begin
  select status into found_status from webhook where tenant = a_tenant and id = a_id;
  if not found or found_status = 'deleted' then perform refuse('webhook_not_found'); end if;
  if found_status = 'disabled' then perform refuse('webhook_disabled'); end if;
end $$;
