-- Keeps the answer with the change it answers, and returns it.
create or replace function keep_answer(
  a_tenant text, a_scope text, a_key text, a_fingerprint text, a_answer json, a_customer text, a_now timestamptz
) returns json
language plpgsql volatile as $$
begin
  insert into idempotency (tenant, scope, key, fingerprint, answer, customer_id, created_at)
  values (a_tenant, a_scope, a_key, a_fingerprint, a_answer, a_customer, a_now)
  on conflict (tenant, scope, key) do update set
    fingerprint = excluded.fingerprint, answer = excluded.answer,
    customer_id = excluded.customer_id, created_at = excluded.created_at;
  return a_answer;
end $$;
