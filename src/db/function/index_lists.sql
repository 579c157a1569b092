-- The indexes that lists walk: by each sort, and by what few have. Each carries what a list filters by, so that rows that do not
-- fit are passed over without a look at the table, where each would be on a page of its own.
create or replace function index_lists() returns void
language plpgsql volatile as $$
begin
  create index if not exists customer_by_id on customer (tenant, listed, id)
    include (status, country, order_count, total_spent, last_order_key, updated_at);
  create index if not exists customer_by_updated_at on customer (tenant, listed, updated_at, id)
    include (status, country, order_count, total_spent, last_order_key);
  create index if not exists customer_by_total_spent on customer (tenant, listed, total_spent, id)
    include (status, country, order_count, last_order_key, updated_at);
  create index if not exists customer_by_order_count on customer (tenant, listed, order_count, id)
    include (status, country, total_spent, last_order_key, updated_at);
  create index if not exists customer_by_last_order on customer (tenant, listed, last_order_key, id)
    include (status, country, order_count, total_spent, updated_at);
  create index if not exists customer_by_last_name on customer (tenant, listed, last_name_key, id)
    include (status, country, order_count, total_spent, last_order_key, updated_at);
  create index if not exists customer_by_first_name on customer (tenant, listed, first_name_key, id);
  create index if not exists customer_by_email on customer (tenant, listed, email_key, id)
    include (status, country, order_count, total_spent, last_order_key, updated_at);
  create index if not exists customer_by_country on customer (tenant, listed, country, id)
    include (status, order_count, total_spent, last_order_key, updated_at);
  create index if not exists customer_by_rare_status on customer (tenant, listed, status, id)
    include (country, order_count, total_spent, last_order_key, updated_at) where status <> 'active';
end $$;

select index_lists();

-- Room on each page for the next version of a customer: what no index has, such as the sequence of its events, then changes without
-- a new entry in each of them.
alter table customer set (fillfactor = 80);
