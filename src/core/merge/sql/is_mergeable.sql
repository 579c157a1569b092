-- Whether a guest may be merged automatically into the account of its address. The owner must have proven both the inbox and the
-- account, and a merge of the pair must not have been undone. A stranger could get at the orders without either proof.
-- SQL by hand: typed statements and functions by hand both call it with rows that they have.
-- May be null: nothing.
-- Never null.
create or replace function is_mergeable(a_account customer, a_guest customer) returns boolean
language sql stable as $$
  select a_guest.status = 'guest' and a_account.status = 'active' and a_account.email_key = a_guest.email_key
    and a_account.email_verified_at is not null and a_account.claimed_at is not null
    and not exists (
      select from merge m where m.tenant = a_guest.tenant and m.merged_id = a_guest.id
        and m.survivor_id = a_account.id and m.state = 'undone')
$$;
