-- Whether a guest may be merged without anyone asking: into the account of its address, whose owner has proven both the inbox and
-- that the account is theirs, and unless the pair was parted before. A guess in either is how a stranger would get at the orders.
-- SQL by hand: typed statements and functions by hand both ask it, of rows that they have.
-- May be null: nothing.
-- Never null.
create or replace function is_mergeable_47df3d0b(a_account customer, a_guest customer) returns boolean
language sql stable as $$
  select a_guest.status = 'guest' and a_account.status = 'active' and a_account.email_key = a_guest.email_key
    and a_account.email_verified_at is not null and a_account.claimed_at is not null
    and not exists (
      select from merge m where m.tenant = a_guest.tenant and m.merged_id = a_guest.id
        and m.survivor_id = a_account.id and m.state = 'undone')
$$;
