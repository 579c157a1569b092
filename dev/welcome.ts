import { z } from 'zod'

const THIRTY_DAYS = 30 * 24 * 3600
const Grant = z.object({ access_token: z.string() })

const jane = { email: 'jane@example.com', firstName: 'Jane', lastName: 'Doe' }

/** What to paste into a terminal to talk to the service. */
export async function welcome(url: string): Promise<string> {
  const token = await getToken(url)
  return `
export TOKEN=${token}
curl -X POST ${url}/customer -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
  -d '${JSON.stringify(jane)}'
`
}

async function getToken(url: string): Promise<string> {
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'dev',
      client_secret: 'dev',
      expires_in: String(THIRTY_DAYS),
    }),
  })
  if (!response.ok)
    throw new Error(`The worker gives no token: ${response.status} ${await response.text()}`)
  return Grant.parse(await response.json()).access_token
}
