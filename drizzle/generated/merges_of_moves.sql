-- The merges that an account's moves to other addresses caused, from the move that a token of an undo belongs to on.
-- SQL by hand: undo_merges_of_moves asks it twice, before and after its locks.
-- May be null: nothing.
-- Never null.
create or replace function merges_of_moves_b79a3c6d(a_tenant text, a_customer text, a_token text)
returns table (merge_id text, merged_id text)
language sql stable as $$
  select distinct m.id, m.merged_id
  from mail_token t
    join email_change first_move on first_move.tenant = a_tenant and first_move.id = t.change_id
    join email_change move on move.tenant = a_tenant and move.customer_id = a_customer
      and move.confirmed_at >= first_move.confirmed_at
    join merge m on m.tenant = a_tenant and m.survivor_id = a_customer and m.state = 'done' and m.automatic
      and m.merged_at >= move.confirmed_at
    join customer guest on guest.tenant = a_tenant and guest.id = m.merged_id and guest.email_key = move.new_email_key
  where t.tenant = a_tenant and t.id = a_token and t.subject = a_customer and t.purpose = 'undo'
$$;
