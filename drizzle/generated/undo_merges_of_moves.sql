-- Before an account is moved back to an old address: undoes its merges with the guests of later addresses, and the one by which staff
-- has merged it into another account, if that is still possible.
-- The token is that of the mail that warned of the first of these moves. a_ids: see undo_merge; those of the n-th merge count from
-- n * 1000.
-- SQL by hand: a loop over merges. If the undo of one merge is refused, the loop continues with the others.
-- May be null: request.
create or replace function undo_merges_of_moves_ad0b393f(
  a_tenant text, a_customer text, a_token text, a_since timestamptz, a_currency text, a_ids jsonb,
  a_actor jsonb, a_request text, a_now timestamptz
) returns void
language plpgsql volatile as $$
declare
  caused record;
begin
  perform lock_customers_ba79649b(a_tenant, a_customer || array(select other_id from merges_of_moves_1b45fdc0(a_tenant, a_customer, a_token)));
  for caused in
    select merge_id, (row_number() over (order by merge_id desc))::int as n from merges_of_moves_1b45fdc0(a_tenant, a_customer, a_token)
    order by merge_id desc
  loop
    begin
      perform undo_merge_c180198a(a_tenant, caused.merge_id, a_since, a_currency, (
        select jsonb_object_agg(id.key, nth_id_63f0c25c(id.value, caused.n * 1000)) from jsonb_each_text(a_ids) id), a_actor, a_request, a_now);
    exception when sqlstate 'CU001' then
      -- It is too late, or another account has the address: the merge stays, and staff can see it.
    end;
  end loop;
end $$;
