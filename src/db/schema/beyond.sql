-- The parts of the tables that drizzle-kit cannot express. `npm run generate` appends them to the migration.

-- The indexes that lists scan: one for each sort, and one for the rare statuses. Each includes the columns that a list filters by, so
-- that a customer that does not fit is skipped without reading the table, where each customer would be on another page.
create index customer_by_id on customer (tenant, listed, id)
  include (status, country, order_count, total_spent, last_order_key, updated_at);
create index customer_by_updated_at on customer (tenant, listed, updated_at, id)
  include (status, country, order_count, total_spent, last_order_key);
create index customer_by_total_spent on customer (tenant, listed, total_spent, id)
  include (status, country, order_count, last_order_key, updated_at);
create index customer_by_order_count on customer (tenant, listed, order_count, id)
  include (status, country, total_spent, last_order_key, updated_at);
create index customer_by_last_order on customer (tenant, listed, last_order_key, id)
  include (status, country, order_count, total_spent, updated_at);
create index customer_by_last_name on customer (tenant, listed, last_name_key, id)
  include (status, country, order_count, total_spent, last_order_key, updated_at);
create index customer_by_first_name on customer (tenant, listed, first_name_key, id);
create index customer_by_email on customer (tenant, listed, email_key, id)
  include (status, country, order_count, total_spent, last_order_key, updated_at);
create index customer_by_country on customer (tenant, listed, country, id)
  include (status, order_count, total_spent, last_order_key, updated_at);
create index customer_by_rare_status on customer (tenant, listed, status, id)
  include (country, order_count, total_spent, last_order_key, updated_at) where status <> 'active';

-- Each page has room for the next version of its customers. A change of a column without an index, such as the sequence of events,
-- then needs no new index entry.
alter table customer set (fillfactor = 80);

-- A customer's default addresses are its own. Both keys are deferred: a customer and its first address are written in one transaction.
alter table customer
  add constraint customer_default_shipping_is_its_own foreign key (tenant, id, default_shipping_id)
    references address (tenant, customer_id, id) deferrable initially deferred,
  add constraint customer_default_billing_is_its_own foreign key (tenant, id, default_billing_id)
    references address (tenant, customer_id, id) deferrable initially deferred;
