import { identityHash } from '../../src/core/identity/oidc/identity-hash.ts'
import type { TestApp } from './app.ts'
import { sql } from './sql.ts'

let people = 0

/** Links an identity that nobody had before, in a shop without a provider. Its id. */
export async function linkSomething(app: TestApp, customerId: string): Promise<string> {
  const id = identityHash('https://id.example', `somebody-${++people}`)
  const now = app.runtime.now().toISOString()
  await app.db.run([
    sql`insert into linked_identity (tenant, identity, customer_id, provider, created_at, last_used_at)
      values (${app.tenant}, ${id}, ${customerId}, 'social', ${now}, ${now})`,
  ])
  return id
}
