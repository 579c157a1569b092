-- Ends the transaction with one of our refusal codes; the detail is for us and holds no value of the input.
-- SQL by hand: raising an error is no statement. A trigger calls it, so its name stays.
create or replace function refuse(a_code text, a_detail text default null) returns void
language plpgsql volatile as $$
begin
  raise exception using errcode = 'CU001', message = a_code, detail = coalesce(a_detail, '');
end $$;
