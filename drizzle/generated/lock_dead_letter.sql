-- Head of a replay: waits for another one of the same letter.
create or replace function lock_dead_letter(a_tenant text, a_id text) returns void
language plpgsql volatile as $$
declare
  it record;
begin
  select kind into it from dead_letter where tenant = a_tenant and id = a_id for update;
  if not found then perform refuse('dead_letter_not_found'); end if;
  if it.kind = 'unreadable' then perform refuse('dead_letter_unreadable'); end if;
end $$;
