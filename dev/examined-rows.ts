/** A node of what EXPLAIN (ANALYZE, FORMAT JSON) says. */
type PlanNode = {
  readonly 'Node Type': string
  readonly 'Actual Rows'?: number
  readonly 'Actual Loops'?: number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Rows Removed by Index Recheck'?: number
  readonly Plans?: readonly PlanNode[]
}

const READS_ROWS =
  /^(Seq Scan|Index Scan|Index Only Scan|Bitmap Heap Scan|Bitmap Index Scan|Tid.*Scan|Sample Scan)$/

/** How many rows and index entries a statement read in tables: those it used and those it threw away. */
export function examinedRows(node: PlanNode): number {
  const loops = node['Actual Loops'] ?? 0
  const own = READS_ROWS.test(node['Node Type'])
    ? loops *
      ((node['Actual Rows'] ?? 0) +
        (node['Rows Removed by Filter'] ?? 0) +
        (node['Rows Removed by Index Recheck'] ?? 0))
    : 0
  return (node.Plans ?? []).reduce((sum, child) => sum + examinedRows(child), own)
}
