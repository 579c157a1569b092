import { settingFault } from './setting-fault.ts'

type Tenants = Readonly<Record<string, { readonly clients: Readonly<Record<string, unknown>> }>>

/** The clients whose name another tenant has too: a token request names the client alone. */
export function sharedClientNameFaults(tenants: Tenants): string[] {
  const owners = new Map<string, string>()
  const faults = []
  for (const [tenant, { clients }] of Object.entries(tenants)) {
    for (const id of Object.keys(clients)) {
      const owner = owners.get(id)
      if (owner === undefined) owners.set(id, tenant)
      else
        faults.push(
          settingFault(`tenants.${tenant}.clients.${id}`, remedy(owner, `${id}-${tenant}`)),
        )
    }
  }
  return faults
}

const remedy = (owner: string, other: string): string =>
  `tenants.${owner} has a client of this name too; use another, such as ${other}`
