import { neon, neonConfig } from '@neondatabase/serverless'
import { Hono } from 'hono'

type Bindings = { DATABASE_URL: string; DATABASE_FETCH_ENDPOINT: string }

/**
 * The least that any service of this kind does: one route, one `SELECT` by primary key, through the same driver, wire and
 * database. What ours costs is measured against this, in the same run.
 */
const app = new Hono<{ Bindings: Bindings }>()

app.get('/customer/:id', async (c) => {
  neonConfig.fetchEndpoint = c.env.DATABASE_FETCH_ENDPOINT
  const sql = neon(c.env.DATABASE_URL)
  const [row] =
    await sql`select id, email, first_name, last_name, status from customer where tenant = 'demo' and id = ${c.req.param('id')}`
  return c.json(row ?? null)
})

export default app
