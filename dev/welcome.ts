import { z } from 'zod'
import { firstRequestForScopes } from './first-request.ts'
import type { Shop } from './wrangler-settings.ts'

const THIRTY_DAYS = 30 * 24 * 3600
const Grant = z.object({ access_token: z.string() })
const Found = z.object({ data: z.array(z.unknown()) })
const MOST_TRIES = 100

/** What to paste into a terminal to talk to the service: for each shop a token and a first request. */
export async function welcomeText(url: string, shops: readonly Shop[]): Promise<string> {
  const texts: string[] = []
  for (const [n, shop] of shops.entries()) {
    const title = shops.length > 1 ? `\n# ${shop.tenant}` : ''
    texts.push(`${title}\n${await greet(url, shop, n === 0 ? 'TOKEN' : tokenOf(shop))}`)
  }
  return texts.join('')
}

/** `TOKEN_US`: a second shop does not take the first one's place. */
const tokenOf = ({ tenant }: Shop): string => `TOKEN_${tenant.toUpperCase().replaceAll('-', '_')}`

async function greet(url: string, { client }: Shop, name: string): Promise<string> {
  const first = client === null ? undefined : firstRequestForScopes(client.scopes)
  if (client === null || first === undefined) return NO_CLIENT
  const token = await getToken(url, client)
  const { method, path, note } = first
  const body = first.body && (await withFreeAddress(first.body, url, token, client.scopes))
  const place = path.includes('?') ? `"${url}${path}"` : `${url}${path}`
  const sent =
    body === undefined
      ? ''
      : ` -H "Content-Type: application/json" \\\n  -d '${JSON.stringify(body)}'`
  return `export ${name}=${token}
${note === undefined ? '' : `# ${note}\n`}curl${method === 'GET' ? '' : ` -X ${method}`} ${place} -H "Authorization: Bearer $${name}"${sent}
`
}

const NO_CLIENT =
  '# This shop has no client with a secret, so no token is printed. Its shoppers log in on the login page (docs/login.md).\n'

type Body = Readonly<Record<string, unknown>>

async function withFreeAddress(
  body: Body,
  url: string,
  token: string,
  scopes: readonly string[],
): Promise<Body> {
  if (typeof body.email !== 'string' || !scopes.includes('customer:read')) return body
  return { ...body, email: await freeAddress(url, token) }
}

/** An address of no account, so that the first request succeeds in a second start too. */
async function freeAddress(url: string, token: string): Promise<string> {
  for (let n = 1; n < MOST_TRIES; n++) {
    const email = `jane${n === 1 ? '' : n}@example.com`
    const query = new URLSearchParams({ email, limit: '1' })
    const response = await fetch(`${url}/customer?${query}`, {
      headers: { Authorization: `Bearer ${token}` },
    })
    const found = Found.safeParse(await response.json())
    if (!found.success || found.data.data.length === 0) return email
  }
  return `jane${Date.now()}@example.com`
}

async function getToken(url: string, { id, secret }: NonNullable<Shop['client']>): Promise<string> {
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: id,
      client_secret: secret,
      expires_in: String(THIRTY_DAYS),
    }),
  })
  if (!response.ok)
    throw new Error(`The worker gives no token: ${response.status} ${await response.text()}`)
  return Grant.parse(await response.json()).access_token
}
