import type * as z from 'zod'
import { closestName } from '#kernel/closest-name'

type Path = readonly PropertyKey[]

/**
 * The entries that lack all that one must have, by their paths, with the name of the entry beside them that was probably meant. So reads
 * `[vars.tenants.su.clients.erp]` beside the tenant `us`.
 */
export function misnamedEntries(
  issues: readonly z.core.$ZodIssue[],
  valueAt: (path: Path) => unknown,
): Map<string, { readonly lacks: readonly string[]; readonly meant: string }> {
  const lacking = Map.groupBy(
    issues.filter(({ code, path }) => code === 'invalid_type' && valueAt(path) === undefined),
    ({ path }) => settingKeyOfPath(path.slice(0, -1)),
  )
  const found = new Map()
  for (const [key, missing] of lacking) {
    const [{ path }] = missing as [z.core.$ZodIssue]
    const entry = path.slice(0, -1)
    const around = entry.slice(0, -1)
    const others = Object.keys(Object(valueAt(around))).filter(
      (name) => !lacking.has(settingKeyOfPath([...around, name])),
    )
    const meant = closestName(String(entry.at(-1)), others)
    if (missing.length < 2 || around.length === 0 || meant === undefined) continue
    found.set(key, { lacks: missing.map((issue) => String(issue.path.at(-1))), meant })
  }
  return found
}

export const settingKeyOfPath = (path: Path): string => path.map(String).join('.')
