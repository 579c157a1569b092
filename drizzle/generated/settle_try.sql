-- The try that was reserved did not fail: it is taken off the counts, or with the right to it the account's count is forgotten.
-- May be null: caller.
create or replace function settle_try(a_tenant text, a_account text, a_caller text, a_forget boolean) returns void
language plpgsql volatile as $$
declare
  keys text[] := array_remove(array[a_account, a_caller], null);
begin
  perform from failure where tenant = a_tenant and key = any(keys) order by key for update;
  delete from failure where tenant = a_tenant and key = a_account and a_forget;
  update failure set count = greatest(count - 1, 0), blocked_until = '-infinity'
    where tenant = a_tenant and key = any(keys);
end $$;
