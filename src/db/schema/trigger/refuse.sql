-- Ends the transaction with one of our refusal codes; the detail is for us and holds no value of the input. A trigger calls it: its
-- name stays.
create or replace function refuse(a_code text, a_detail text default null) returns void
language plpgsql volatile as $$
begin
  raise exception using errcode = 'CU001', message = a_code, detail = coalesce(a_detail, '');
end $$;
