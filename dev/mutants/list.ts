/** A mistake that somebody could make: a text of a file, and what it is replaced by. */
export type Mutant = {
  readonly name: string
  /** Under `src/`. */
  readonly file: string
  readonly find: string
  readonly replace: string
}

const inMerge = (name: string) => `core/merge/sql/${name}.sql`
const inOrder = (name: string) => `core/order/sql/${name}.sql`
const merge = inMerge('apply_merge')
const record = inOrder('record_order')
const sides = inOrder('lock_order_sides')
const undo = inMerge('undo_merge')

export const mutants: readonly Mutant[] = [
  {
    name: 'a merge does not lock its customers',
    file: inMerge('apply_merges'),
    find: 'perform lock_customers(a_tenant, array(',
    replace: 'perform cardinality(array(',
  },
  {
    name: 'a merge does not look whether the plan still holds',
    file: merge,
    find: "if s.version <> (a_plan -> 'survivorVersion')::int or m.version <> (a_plan -> 'mergedVersion')::int",
    replace: 'if false',
  },
  {
    name: "a merge does not look at the survivor's version",
    file: merge,
    find: "s.version <> (a_plan -> 'survivorVersion')::int or ",
    replace: '',
  },
  {
    name: 'a staff merge takes any plan id',
    file: 'core/merge/merge-customers.ts',
    find: 'planId === undefined || planId === mergePlanId(ctx, plan)',
    replace: 'planId !== null',
  },
  {
    name: 'no claim is needed',
    file: inMerge('is_mergeable'),
    find: ' and a_account.claimed_at is not null',
    replace: '',
  },
  {
    name: 'no verification is needed',
    file: inMerge('is_mergeable'),
    find: 'a_account.email_verified_at is not null and ',
    replace: '',
  },
  {
    name: 'a disabled account takes its guest',
    file: inMerge('is_mergeable'),
    find: "a_account.status = 'active'",
    replace: "a_account.status in ('active', 'disabled')",
  },
  {
    name: 'the proofs are not looked at when it is done',
    file: merge,
    find: 'or automatic and not is_mergeable(s, m) then',
    replace: 'then',
  },
  {
    name: 'a pair that was parted is merged again',
    file: inMerge('is_mergeable'),
    find: "and m.state = 'undone'",
    replace: 'and false',
  },
  {
    name: 'a late guest brings more than its orders',
    file: 'core/merge/plan.ts',
    find: 'const ordersOnly = automatic && cameAfterTheProof(pair)',
    replace: 'const ordersOnly = false',
  },
  {
    name: 'what nobody vouched for fills a profile',
    file: 'core/merge/plan.ts',
    find: 'profile: merged.unproven ? {} : planProfile(pair)',
    replace: 'profile: planProfile(pair)',
  },
  {
    name: 'the merged one overwrites the survivor',
    file: 'core/merge/query/fill-and-clear-survivor-profile.ts',
    find: `sql\`\${p.metadata} || \${customerTable.metadata}\``,
    replace: `sql\`\${customerTable.metadata} || \${merged.metadata}\``,
  },
  {
    name: 'addresses beyond the limit move',
    file: 'core/merge/plan.ts',
    find: 'else if (addresses.length === room)',
    replace: 'else if (addresses.length < 0)',
  },
  {
    name: 'addresses are not moved',
    file: merge,
    find: "and a.id in (select jsonb_array_elements_text(a_plan -> 'addresses'))",
    replace: 'and false',
  },
  {
    name: 'memberships are not united',
    file: 'core/merge/plan.ts',
    find: 'groups: planGroups(pair, now)',
    replace: 'groups: planGroups(pair, now).slice(0, 0)',
  },
  {
    name: 'what only a rule holds is carried over',
    file: 'core/merge/plan.ts',
    find: 'isByHand(group) && !held.has(group.key)',
    replace: '!held.has(group.key)',
  },
  {
    name: 'a survivor whom the rule holds does not join by hand',
    file: merge,
    find: "and ms.source = 'rule'",
    replace: 'and false',
  },
  {
    name: 'orders are not moved',
    file: merge,
    find: 'order_ids := move_orders(a_tenant, m.id, s.id, null, a_currency)',
    replace: "order_ids := '{}'",
  },
  {
    name: "the survivor's counters do not follow",
    file: inOrder('move_orders'),
    find: 'perform count_orders(a_tenant, a_to, 1, orders, amount, spent);',
    replace: '',
  },
  {
    name: "the other's counters do not follow",
    file: inOrder('move_orders'),
    find: 'perform count_orders(a_tenant, a_from, -1, orders, amount, spent);',
    replace: '',
  },
  {
    name: 'two currencies are added',
    file: inOrder('move_orders'),
    find: 'filter (where part.currency = a_currency)',
    replace: '',
  },
  {
    name: 'a chain is not flattened',
    file: merge,
    find: 'set merged_into = s.id where c.tenant = a_tenant and c.merged_into = m.id returning',
    replace: 'set merged_into = s.id where false returning',
  },
  {
    name: 'the survivor is not told',
    file: merge,
    find: "perform append_event(a_tenant, s.id, a_plan ->> 'event'",
    replace: "perform append_event(a_tenant, 'nobody', a_plan ->> 'event'",
  },
  {
    name: 'the merged one is not told',
    file: merge,
    find: "perform append_event(a_tenant, m.id, a_plan ->> 'mergedEvent'",
    replace: "perform append_event(a_tenant, 'nobody', a_plan ->> 'mergedEvent'",
  },
  {
    name: 'an undo takes all orders',
    file: undo,
    find: 'move_orders(a_tenant, s.id, m.id, done.order_ids, a_currency)',
    replace: 'move_orders(a_tenant, s.id, m.id, null, a_currency)',
  },
  {
    name: 'an undo puts every address back, whoever changed it',
    file: inMerge('return_addresses'),
    find: 'and address_content(present) = address_content(was)\n        and present.unproven = was.unproven',
    replace: '',
  },
  {
    name: 'an undo empties what somebody wrote since',
    file: inMerge('return_profile'),
    find: 'where profile_document(s) -> f.key = f.value',
    replace: '',
  },
  {
    name: 'an undo leaves the survivor in the groups',
    file: inMerge('return_memberships'),
    find: "and group_key = any(given_keys) and source = 'merge'\n      returning",
    replace: 'and false\n      returning',
  },
  {
    name: 'an undo ends what the rule holds as well',
    file: inMerge('return_memberships'),
    find: "and source = 'merge' and by_rule",
    replace: 'and false',
  },
  {
    name: 'an undo takes what a later merge gave',
    file: inMerge('return_memberships'),
    find: 'and g.key = any(later.group_keys)',
    replace: 'and false',
  },
  {
    name: 'an undo gives back what only the rule held',
    file: inMerge('return_memberships'),
    find: "where was.source <> 'rule' and (",
    replace: 'where (',
  },
  {
    name: 'an undo is done twice',
    file: undo,
    find: "if done.state = 'undone' then return; end if;",
    replace: '',
  },
  {
    name: 'an undo does not look whether the survivor is still there',
    file: undo,
    find: 'and s.listed and m.merged_into = s.id',
    replace: '',
  },
  {
    name: 'nobody is told of an undo',
    file: undo,
    find: "perform append_event(a_tenant, s.id, a_ids ->> 'event'",
    replace: "perform append_event(a_tenant, 'nobody', a_ids ->> 'event'",
  },
  {
    name: 'an older version of an order wins',
    file: record,
    find: 'known and (was.version is null or was.version < given.version)',
    replace: 'known',
  },
  {
    name: 'an equal version of an order wins',
    file: record,
    find: 'was.version < given.version',
    replace: 'was.version <= given.version',
  },
  {
    name: "an order's customers are not locked",
    file: sides,
    find: 'perform from customer where tenant = a_tenant and id = side for no key update;',
    replace: 'perform from customer where tenant = a_tenant and id = side;',
  },
  {
    name: 'twins of an order do not wait for each other',
    file: sides,
    find: 'perform pg_advisory_xact_lock(twin.key) from',
    replace: 'perform twin.key from',
  },
  {
    name: 'an order of the merged one stays there',
    file: record,
    find: 'if owner.merged_into is not null then',
    replace: 'if false then',
  },
  {
    name: 'an order that moves is still counted where it was',
    file: record,
    find: 'if was.customer_id <> given.customer_id then',
    replace: 'if false then',
  },
  {
    name: 'what an order was before is counted on',
    file: inOrder('count_order'),
    find: 'if was_paid then',
    replace: 'if false then',
  },
  {
    name: 'nobody is told of an order',
    file: record,
    find: 'if owner.listed then\n    jobs := array[append_event_of_row(',
    replace: 'if false then\n    jobs := array[tell(',
  },
  {
    name: 'a refresh does not lock its session',
    file: 'core/session/query/end-expired-or-reused-session.ts',
    find: ".for('update')",
    replace: '',
  },
  {
    name: 'a spent refresh token is answered for ever',
    file: 'core/session/query/refresh-token-statement-parts.ts',
    find: "interval '10 seconds'",
    replace: "interval '10 years'",
  },
  {
    name: 'the proof of an account starts no merge',
    file: 'core/account/query/claim.ts',
    find: '  enqueueMergeIntoAccount(p, p.customerId),\n',
    replace: '',
  },
  {
    name: 'the sweep finds nothing',
    file: inMerge('insert_due_merges'),
    find: 'and is_mergeable(c, guest.self)',
    replace: 'and false',
  },
  {
    name: 'two who ask at the same time are an error',
    file: 'db/constraint-refusals.ts',
    find: "new Set(['merge_takes_a_customer_once'])",
    replace: 'new Set()',
  },
]
