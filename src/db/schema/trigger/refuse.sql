-- Ends the transaction with a refusal code. The detail is internal and has no value of the input.
-- SQL by hand: no plain SQL statement can raise an error. A trigger calls it, so its name stays.
create or replace function refuse(a_code text, a_detail text default null) returns void
language plpgsql volatile as $$
begin
  raise exception using errcode = 'CU001', message = a_code, detail = coalesce(a_detail, '');
end $$;
