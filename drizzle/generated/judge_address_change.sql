-- Refuses a change that the rules of the address's country forbid. Only the row knows the country, so the caller sends every
-- problem there could be: {problem, countries: those the row may be in, missing: a column that must be empty too}.
create or replace function judge_address_change(a_tenant text, a_customer text, a_id text, a_judgements json) returns void
language plpgsql volatile as $$
declare
  problems json;
begin
  select json_agg(judgement -> 'problem') into problems
    from address a, json_array_elements(a_judgements) judgement
    where a.tenant = a_tenant and a.customer_id = a_customer and a.id = a_id
      and (judgement -> 'countries')::jsonb ? a.country
      and to_jsonb(a) ->> (judgement ->> 'missing') is null;
  if problems is not null then perform refuse('invalid_input', problems::text); end if;
end $$;
