-- The customers of these ids, in the order of the ids: looked up by their key, all at once. The plan is kept, so it may not be the
-- reading of a table that was small once.
create or replace function customers_of(a_tenant text, a_ids text[]) returns customer[]
language plpgsql stable parallel safe set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
  return array(select c from customer c where tenant = a_tenant and id = any(a_ids) order by array_position(a_ids, id));
end $$;
