-- The parts of the tables that drizzle-kit cannot express. `npm run generate` appends them to the migration.

-- The entries of lists as they have to be. A trigger writes them, and a bulk load that runs without triggers inserts them from here. An
-- index entry has room for a third of a page, so the keys of very many groups are left out.
create view entry_of_customer as
  select tenant, id, status, order_count, total_spent, last_order_key, updated_at,
    case when cardinality(group_keys) <= 16 then group_keys end as group_keys, email_verified_at is not null as email_verified
  from customer where status <> 'deleted';

-- The indexes that lists scan: one for each sort, and one for the rare statuses. Each includes the columns that a list filters by, so
-- that a customer that does not fit is skipped without reading another page. A customer is either listed or not, so it has one entry.
-- Customers without an order have spent nothing and have no last order. They are only in the index by the number of orders, where they are
-- in the order of their ids: a list of spenders does not have to pass them, and a new customer has two index entries less.
alter table list_entry add constraint list_entry_pkey primary key (tenant, listed, id)
  include (status, order_count, total_spent, last_order_key, updated_at, group_keys, email_verified);
create index list_entry_by_updated_at on list_entry (tenant, listed, updated_at, id)
  include (status, order_count, total_spent, last_order_key, group_keys, email_verified);
create index list_entry_by_total_spent on list_entry (tenant, listed, total_spent, id)
  include (status, order_count, last_order_key, updated_at, group_keys, email_verified) where order_count > 0;
create index list_entry_by_order_count on list_entry (tenant, listed, order_count, id)
  include (status, total_spent, last_order_key, updated_at, group_keys, email_verified);
create index list_entry_by_last_order on list_entry (tenant, listed, last_order_key, id)
  include (status, order_count, total_spent, updated_at, group_keys, email_verified) where order_count > 0;
create index list_entry_by_rare_status on list_entry (tenant, listed, status, id)
  include (order_count, total_spent, last_order_key, updated_at, group_keys, email_verified) where status <> 'active';

-- The indexes of names and addresses, which change seldom. They are narrow: a list in their order looks up the entries.
create index customer_by_last_name on customer (tenant, listed, last_name_key, id);
create index customer_by_first_name on customer (tenant, listed, first_name_key, id);
create index customer_by_email on customer (tenant, listed, email_key, id);

-- Each page has room for the next version of its rows. A change of a customer's columns without an index then needs no new index entry,
-- and an entry of lists stays on its page.
alter table customer set (fillfactor = 80);
alter table list_entry set (fillfactor = 80);

-- A customer's default addresses are its own. Both keys are deferred: a customer and its first address are written in one transaction.
alter table customer
  add constraint customer_default_shipping_is_its_own foreign key (tenant, id, default_shipping_id)
    references address (tenant, customer_id, id) deferrable initially deferred,
  add constraint customer_default_billing_is_its_own foreign key (tenant, id, default_billing_id)
    references address (tenant, customer_id, id) deferrable initially deferred;
