import { type Arg, oneRowFunction, type RowOf, rowsFunction } from '../../src/db/function-call.ts'
import { customerTable } from '../../src/db/schema/index.ts'

/** Functions of the kinds that callers are generated for, whether one of ours is of that kind or not. */
export const plantedFunctions = `
  create function hold_customer(a_tenant text, a_id text, a_version int default null) returns customer
  language sql as $$ select * from customer where tenant = a_tenant and id = a_id $$;
  create function visible_customer(a_tenant text, a_id text) returns customer
  language sql as $$ select * from customer where tenant = a_tenant and id = a_id $$;
  create function count_each(a_ids text[]) returns table (id text, order_count int, last_order_at timestamptz)
  language sql as $$ select asked, 0, null::timestamptz from unnest(a_ids) asked $$;`

/** Their callers, as they are generated. */
export const planted = {
  countEach: rowsFunction<
    { ids: Arg<readonly string[]> },
    { id: string; orderCount: number; lastOrderAt: string | null },
    'read'
  >('count_each', [['ids', 'a_ids', 'text[]']], {
    id: ['id', 'text'],
    orderCount: ['order_count', 'integer'],
    lastOrderAt: ['last_order_at', 'timestamp with time zone'],
  }),
  lockOrRefuse: oneRowFunction<
    { tenant: Arg<string>; id: Arg<string>; version?: Arg<number | null> },
    RowOf<typeof customerTable>,
    'read'
  >(
    'hold_customer',
    [
      ['tenant', 'a_tenant', 'text'],
      ['id', 'a_id', 'text'],
      ['version', 'a_version', 'integer'],
    ],
    customerTable,
  ),
  visibleCustomer: oneRowFunction<
    { tenant: Arg<string>; id: Arg<string | null> },
    RowOf<typeof customerTable> | null,
    'read'
  >(
    'visible_customer',
    [
      ['tenant', 'a_tenant', 'text'],
      ['id', 'a_id', 'text'],
    ],
    customerTable,
  ),
}
