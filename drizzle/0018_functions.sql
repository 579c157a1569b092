set check_function_bodies = off;
--> statement-breakpoint
-- Lists and filters by the moment of creation go by the id. A trigger, for a check constraint would be prepared anew for each statement
-- that updates a customer, which takes longer than the update.
create or replace function check_created_at() returns trigger
language plpgsql stable as $$
begin
  if new.created_at <> id_moment(new.id) then raise exception 'a customer is created when its id says' using errcode = '23514'; end if;
  return new;
end $$;
alter table customer drop constraint if exists customer_created_when_its_id_says;
create or replace trigger customer_created_when_its_id_says
  before insert or update of id, created_at on customer
  for each row execute function check_created_at();
--> statement-breakpoint
-- When an id was made, to the millisecond: its first ten digits are 48 bits of time (TypeID over UUIDv7, RFC 9562).
create or replace function id_moment(a_id text) returns timestamptz
language sql immutable strict parallel safe as $$
  select to_timestamp((
    (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 1, 1))::bigint << 45)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 2, 1))::bigint << 40)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 3, 1))::bigint << 35)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 4, 1))::bigint << 30)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 5, 1))::bigint << 25)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 6, 1))::bigint << 20)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 7, 1))::bigint << 15)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 8, 1))::bigint << 10)
  + (strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 9, 1))::bigint << 5)
  + strpos('123456789abcdefghjkmnpqrstvwxyz', substr(a_id, strpos(a_id, '_') + 10, 1))) / 1000.0)
$$;
--> statement-breakpoint
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
