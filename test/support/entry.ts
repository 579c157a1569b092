import { query } from './rows.ts'

/**
 * The ids of customers whose entries of lists are missing, doubled, left over, or other than they are themselves: by the columns of the
 * customer, not by the view that the service has for it.
 */
export const strayEntries = (customers: string, entries: string): string => `
  select coalesce(c.id, e.id) as id from (select * from ${customers} c where c.status <> 'deleted') c full join ${entries} e on e.id = c.id
  where c.id is null or (e.status, e.listed, e.order_count, e.total_spent, e.last_order_key, e.updated_at, e.group_keys,
      e.email_verified)
    is distinct from (c.status, c.status not in ('merged', 'erased'), c.order_count, c.total_spent,
      coalesce(c.last_order_at, '-infinity'), c.updated_at, case when cardinality(c.group_keys) < 17 then c.group_keys end,
      c.email_verified_at is not null)
  union all
  select e.id from ${entries} e group by e.id having count(*) > 1`

export const strayEntriesOf = async (tenant: string, database?: string): Promise<string[]> => {
  const of = (table: string) => `(select * from ${table} where tenant = $1)`
  const text = strayEntries(of('customer'), of('list_entry'))
  return (await query<{ id: string }>(text, [tenant], database)).map(({ id }) => id)
}
