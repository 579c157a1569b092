import { expect, test } from 'vitest'
import { makeOidcIssuer } from '../../../src/core/identity/oidc/issuer.ts'
import { Refusal } from '../../../src/kernel/error.ts'

const live = { publicUrl: 'https://customer.example', hosts: ['*.own.example'], development: false }

const errorCode = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )

/** An issuer whose discovery document names these places besides its own. */
function issuerNaming(places: Readonly<Record<string, string>>, url: string, deployment = live) {
  const asked: string[] = []
  const document = {
    issuer: url,
    jwks_uri: `${url}/keys`,
    token_endpoint: `${url}/token`,
    revocation_endpoint: `${url}/revoke`,
    ...places,
  }
  const issuer = makeOidcIssuer({
    ...{ url, deployment, now: () => new Date() },
    fetch: async (input) => {
      asked.push(String(input))
      return Response.json(String(input).includes('openid-configuration') ? document : { keys: [] })
    },
  })
  return { issuer, asked }
}

const inside = [
  ...['http://hanzo.id/x', 'https://127.0.0.1/x', 'https://2130706433/x', 'https://[::1]/x'],
  ...['https://[fd00::1]/x', 'https://169.254.169.254/x', 'https://10.0.0.1/x', 'https://iam/x'],
  ...['https://iam.internal/x', 'https://kubernetes.default.svc/x', 'https://10.0.0.1.nip.io/x'],
  ...['https://app.traefik.me/x', 'https://hanzo.id:6443/x', 'https://user:word@iam.hanzo.ai/x'],
  ...['https://customer.example/x', 'https://CUSTOMER.example./x', 'https://a.own.example/x'],
]

test.each(inside)('an issuer cannot send the service to %s', async (place) => {
  for (const name of ['jwks_uri', 'token_endpoint']) {
    const { issuer, asked } = issuerNaming({ [name]: place }, 'https://hanzo.id')
    expect(await errorCode(issuer.keys.current())).toBe('issuer_unavailable')
    expect(await errorCode(issuer.tokenEndpoint())).toBe('issuer_unavailable')
    expect(asked.filter((url) => !url.endsWith('/openid-configuration'))).toEqual([])
  }
  const { issuer } = issuerNaming({ revocation_endpoint: place }, 'https://hanzo.id')
  expect(await issuer.revocationEndpoint()).toBeNull()
})

test('it can to a public host, and to where the settings say that it is', async () => {
  const other = 'https://iam.hanzo.ai/v1/iam/x'
  const places = { jwks_uri: other, token_endpoint: other, revocation_endpoint: other }
  const { issuer, asked } = issuerNaming(places, 'https://hanzo.id')
  await issuer.keys.current()
  expect(asked.at(-1)).toBe(other)
  expect([await issuer.tokenEndpoint(), await issuer.revocationEndpoint()]).toEqual([other, other])
  const local = { publicUrl: 'http://localhost:8787', hosts: [], development: true }
  for (const [url, deployment] of [
    ['https://hanzo.id:9443', live],
    ['http://localhost:8000', local],
  ] as const) {
    const own = issuerNaming({}, url, deployment)
    expect(await own.issuer.tokenEndpoint()).toBe(`${url}/token`)
    await own.issuer.keys.current()
    expect(own.asked.at(-1)).toBe(`${url}/keys`)
  }
})
