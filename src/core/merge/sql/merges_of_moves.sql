-- The merges that an undo of an account's moves to other addresses undoes, from the move of an undo token on: those of guests that had
-- the new addresses, and the one by which staff has merged the account itself. Each with the other customer.
-- SQL by hand: undo_merges_of_moves calls it twice, before and after its locks.
-- May be null: nothing.
-- Never null.
create or replace function merges_of_moves(a_tenant text, a_customer text, a_token text)
returns table (merge_id text, other_id text)
language sql stable as $$
  with first_move as (
    select c.confirmed_at from mail_token t join email_change c on c.tenant = a_tenant and c.id = t.change_id
    where t.tenant = a_tenant and t.id = a_token and t.subject = a_customer and t.purpose = 'undo'
  )
  select m.id, m.merged_id
  from first_move
    join email_change move on move.tenant = a_tenant and move.customer_id = a_customer
      and move.confirmed_at >= first_move.confirmed_at
    join merge m on m.tenant = a_tenant and m.survivor_id = a_customer and m.state = 'done' and m.automatic
      and m.merged_at >= move.confirmed_at
    join customer guest on guest.tenant = a_tenant and guest.id = m.merged_id and guest.email_key = move.new_email_key
  union
  select m.id, m.survivor_id
  from first_move
    join merge m on m.tenant = a_tenant and m.merged_id = a_customer and m.state = 'done'
$$;
