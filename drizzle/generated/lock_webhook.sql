-- Head of every change of a webhook: waits for whoever is changing it or recording what came of its deliveries.
create or replace function lock_webhook(a_tenant text, a_id text, a_version int default null) returns void
language plpgsql volatile as $$
declare
  it record;
begin
  select status, version, changed_at into it from webhook where tenant = a_tenant and id = a_id for no key update;
  if not found or it.status = 'deleted' then perform refuse('webhook_not_found'); end if;
  if a_version is not null then perform refuse_stale(a_version, it.version, it.changed_at); end if;
end $$;
