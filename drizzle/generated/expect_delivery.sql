-- Refuses when there is no such delivery, or nowhere to send it.
create or replace function expect_delivery(a_tenant text, a_id text) returns void
language plpgsql volatile as $$
declare
  endpoint text;
begin
  select w.status into endpoint from delivery d join webhook w on w.tenant = d.tenant and w.id = d.webhook_id
    where d.tenant = a_tenant and d.id = a_id;
  if not found or endpoint = 'deleted' then perform refuse('delivery_not_found'); end if;
  if endpoint = 'disabled' then perform refuse('webhook_disabled'); end if;
end $$;
