import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { isGuessableSecret } from '../../src/config/guessable-secret.ts'
import { Misconfigured, readConfig } from '../../src/config.ts'
import { SECRET, settings } from '../support/settings.ts'

type Env = Readonly<Record<string, unknown>>
const { shop } = settings.tenants
const LOCAL = { DEVELOPMENT: 'true', PUBLIC_URL: 'http://localhost:8787' }

const secrets = (...list: string[]): Env => ({
  CLIENT_SECRETS: JSON.stringify({ shop: { backend: list } }),
})
const store = (change: object): Env => ({ tenants: { shop: { ...shop, ...change } } })
const hanzo = (issuer: string): Env => ({
  ...store({
    identity: 'hanzo',
    hanzo_issuer: issuer,
    hanzo: { organization: 'acme', clientId: 'acme-store' },
  }),
  HANZO_SECRETS: JSON.stringify({ shop: SECRET }),
})
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const database = (change: (url: URL) => void): Env => {
  const url = new URL(settings.DATABASE_URL)
  change(url)
  return { DATABASE_URL: url.href }
}

function complaint(env: Env): string {
  try {
    readConfig({ ...settings, ...env })
  } catch (error) {
    if (error instanceof Misconfigured) return error.message
    throw error
  }
  return ''
}

/** What leads nowhere from outside, or not by TLS. */
const unreachable = [
  ...['http://customer.example.com', 'https://localhost', 'https://localhost:8787'],
  ...[
    'https://127.0.0.1',
    'https://127.1',
    'https://2130706433',
    'https://[::1]',
    'https://10.0.0.7',
  ],
  ...['https://192.168.1.2', 'https://[fd00::1]', 'https://8.8.8.8', 'https://customer'],
  ...[
    'https://shop.localhost',
    'https://printer.local',
    'https://db.internal',
    'https://x.home.arpa',
  ],
  ...['https://127.0.0.1.nip.io', 'https://shop.invalid', 'https://shop.localhost.'],
  ...['https://customer.default.svc', 'https://app.traefik.me', 'https://1.0.0.127.in-addr.arpa'],
]
/** What is no address of a site at all. */
const malformed = [
  ...[
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'ftp://shop.example',
    'shop.example',
  ],
  ...[
    'https://user:password@shop.example',
    'https://user@shop.example',
    'https://shop.example?x=1',
  ],
  ...[
    'https://shop.example#x',
    'https://shop.example?',
    'https://shop.example/\n',
    ' https://shop.example',
  ],
  ...['https://shop.example\\x', 'https:shop.example', '//shop.example', ''],
]
const guessed = [
  ...['dev', 'x', 'secret', 'storefront', 'x'.repeat(40), 'ab'.repeat(20), 'secret-'.repeat(6)],
  ...['abcdefghijklmnopqrstuvwxyz', '0123456789012345678901234567', 'zyxwvutsrqponmlkjihgfedcba'],
  ...[
    '<your secret goes in here, please>',
    '[a secret of your own, thirty long]',
    'qT7-vanishing-Otter-38',
  ],
]
const masters = [
  ...[
    'A'.repeat(43),
    `${'A'.repeat(43)}=`,
    base64(Buffer.alloc(32, 'test')),
    base64(Buffer.alloc(32, 'password')),
  ],
  ...[base64(Buffer.alloc(32)), base64(Uint8Array.from({ length: 32 }, (_, n) => n))],
  ...[
    base64(Buffer.from('0123456789abcdef0123456789abcdef')),
    base64(Buffer.alloc(64, 'ab cd ef')),
  ],
]

const cases: readonly (readonly [string, Env, string])[] = [
  ...unreachable.flatMap((url): (readonly [string, Env, string])[] => [
    [url, { PUBLIC_URL: url }, 'PUBLIC_URL: must be https'],
    [url, store({ shopUrl: url }), 'tenants.shop.shopUrl: must be https'],
    [url, { DATABASE_FETCH_ENDPOINT: `${url}/sql` }, 'DATABASE_FETCH_ENDPOINT: must be https'],
    [url, hanzo(url), 'hanzo_issuer'],
  ]),
  ...masters.map((text): [string, Env, string] => [
    text,
    { MASTER_SECRET: text },
    'MASTER_SECRET can be guessed',
  ]),
  ...guessed.flatMap((text): (readonly [string, Env, string])[] => [
    [text, secrets(text), 'CLIENT_SECRETS.shop.backend.0 can be guessed'],
    [text, secrets(SECRET, text), 'CLIENT_SECRETS.shop.backend.1 can be guessed'],
  ]),
  ['x', { ...hanzo('https://hanzo.id'), HANZO_SECRETS: '{"shop":"x"}' }, 'HANZO_SECRETS.shop can'],
  [
    'twice',
    secrets(SECRET, SECRET),
    'CLIENT_SECRETS.shop.backend.1 is also CLIENT_SECRETS.shop.backend.0',
  ],
  [
    'the master',
    secrets(settings.MASTER_SECRET),
    'CLIENT_SECRETS.shop.backend.0 is also MASTER_SECRET',
  ],
  [
    'alike for service and browser',
    {
      CLIENT_SECRETS: JSON.stringify({ shop: { backend: [SECRET], browser: [SECRET] } }),
      ...store({ clients: { ...shop.clients, browser: { scopes: ['customer:register'] } } }),
    },
    'CLIENT_SECRETS.shop.browser.0 is also CLIENT_SECRETS.shop.backend.0',
  ],
  [
    'alike in two stores',
    {
      CLIENT_SECRETS: JSON.stringify({ shop: { backend: [SECRET] }, other: { service: [SECRET] } }),
      tenants: { shop, other: { ...shop, clients: { service: { scopes: ['customer:read'] } } } },
    },
    'CLIENT_SECRETS.other.service.0 is also CLIENT_SECRETS.shop.backend.0',
  ],
  ...['disable', 'allow', 'prefer', '', 'off', 'REQUIRE'].map((mode): [string, Env, string] => [
    `sslmode=${mode}`,
    database((url) => url.searchParams.set('sslmode', mode)),
    'DATABASE_URL: must have sslmode=require',
  ]),
  [
    'no sslmode',
    database((url) => url.searchParams.delete('sslmode')),
    'DATABASE_URL: must have sslmode',
  ],
  ...['localhost', '127.0.0.1', 'db', '10.1.2.3', 'db.internal'].map(
    (host): [string, Env, string] => [
      host,
      database((url) => {
        url.hostname = host
      }),
      'DATABASE_URL: must name a public host',
    ],
  ),
  ...['', 'postgres', 'password', '111111111111111'].map((password): [string, Env, string] => [
    `the password ${password}`,
    database((url) => {
      url.password = password
    }),
    'DATABASE_URL has a password that can be guessed',
  ]),
  [
    'what sends requests in development',
    { EGRESS_ENDPOINT: 'http://127.0.0.1:8788/secret' },
    'EGRESS_ENDPOINT is for development only',
  ],
  ['mail from inside', store({ mailFrom: 'shop@mail.internal' }), 'tenants.shop.mailFrom'],
  [
    'an origin without TLS',
    store({ cors_origins: ['http://shop.example'] }),
    'tenants.shop.cors_origins.0: must be https',
  ],
  [
    'the demonstration',
    {
      CLIENT_SECRETS: JSON.stringify({ demo: { backend: [SECRET] } }),
      tenants: { demo: { ...shop, shopUrl: 'http://localhost:3000' } },
    },
    'tenants.demo.shopUrl is that of the demonstration; put your own stores',
  ],
]

test('production starts with settings as they should be', () => {
  expect(complaint({})).toBe('')
  expect(complaint(hanzo('https://hanzo.id'))).toBe('')
  expect(complaint(secrets(base64(randomBytes(32)), randomBytes(16).toString('hex')))).toBe('')
  expect(complaint({ PUBLIC_URL: 'https://api.shop.example:8443/customer' })).toBe('')
  expect(complaint({ DATABASE_FETCH_ENDPOINT: 'https://db.example/sql' })).toBe('')
  expect(complaint(store({ mailFrom: 'hello@shop.example' }))).toBe('')
  expect(complaint({ hosts: ['api.shop.example', '*.xn--bcher-kva.example'] })).toBe('')
  const cors_origins = [
    'https://shop.example',
    'https://shop.example:8443',
    '*',
    'http://localhost:3000',
  ]
  expect(complaint(store({ cors_origins }))).toBe('')
})

describe('production does not start with', () => {
  test.each(cases)('%s', (_, env, expected) => {
    const said = complaint(env)
    expect(said).toContain(expected)
    expect(said).not.toContain('\n')
    for (const hidden of [SECRET, settings.MASTER_SECRET, 'Kx4wQz81LmPt']) {
      expect(said).not.toContain(hidden)
    }
  })
})

const siteRule = (url: string): string =>
  /^https?:\/\//.test(url) ? 'must be a URL without credentials' : 'must begin with https://'

/** They are wrong everywhere. */
const alwaysWrong: readonly (readonly [string, Env, string])[] = [
  ...malformed.flatMap((url): (readonly [string, Env, string])[] => [
    [url, { PUBLIC_URL: url }, `PUBLIC_URL: ${siteRule(url)}`],
    [url, store({ shopUrl: url }), `tenants.shop.shopUrl: ${siteRule(url)}`],
    [url, { DATABASE_FETCH_ENDPOINT: url }, `DATABASE_FETCH_ENDPOINT: ${siteRule(url)}`],
    [url, { customer: { hanzo_issuer: url } }, `customer.hanzo_issuer: ${siteRule(url)}`],
  ]),
  ...[
    '',
    '*',
    '*.',
    'https://shop.example',
    'shop.example/',
    'shop.example.',
    'shop.example:443',
    'Shop.example',
    'bücher.example',
    'shop .example',
    '*shop.example',
    'a.*.example',
    '0x7f.1',
  ].map((host): [string, Env, string] => [
    JSON.stringify(host),
    { hosts: ['shop.example', host] },
    'hosts.1: must be a host name in lower case',
  ]),
  ...[
    'null',
    '',
    'https://shop.example/',
    'https://shop.example/path',
    'HTTPS://shop.example',
    'https://Shop.example',
    'https://shop.example:443',
    'http://shop.example:80',
    'shop.example',
    'https://*.shop.example/',
    'file://',
    'https://shop.example ',
    'https://user@shop.example',
    'https://ｓhop.example',
  ].map((origin): [string, Env, string] => [
    origin,
    store({ cors_origins: ['https://shop.example', origin] }),
    'tenants.shop.cors_origins.1: must be `*`, or an origin',
  ]),
  ...[
    'Shop\r\nBcc: all@example.com',
    'Shop\n',
    'Shop\u0000',
    'Shop\u2028',
    'Shop\u202eevil',
    'Shop\u0085',
    ' ',
    '\t',
    '',
  ].map((shopName): [string, Env, string] => [
    JSON.stringify(shopName),
    store({ shopName }),
    'tenants.shop.shopName: must be one line',
  ]),
  ...['', ' x', `${SECRET} `, `${SECRET}\n`, `${SECRET}\u0000`, 'geheimes-Wörtchen-mit-Umlaut'].map(
    (secret): [string, Env, string] => [
      JSON.stringify(secret),
      secrets(secret),
      'CLIENT_SECRETS.shop.backend.0: must be printable ASCII',
    ],
  ),
]

describe('neither production nor development starts with', () => {
  test.each(alwaysWrong)('%s', (url, env, expected) => {
    expect(complaint(env)).toContain(expected)
    if (env.PUBLIC_URL === undefined) expect(complaint({ ...LOCAL, ...env })).toContain(expected)
    else expect(complaint({ ...LOCAL, PUBLIC_URL: url })).toContain(expected)
  })
})

describe('development', () => {
  test.each(cases.filter(([, env]) => env.PUBLIC_URL === undefined && !('HANZO_SECRETS' in env)))(
    'starts with %s',
    (_, env) => {
      expect(complaint({ ...env, ...LOCAL })).toBe('')
    },
  )

  test.each([
    ...[
      'http://localhost',
      'http://localhost:8787',
      'http://127.0.0.1:8787',
      'http://127.8.8.8',
      'http://[::1]:8787',
    ],
    ...['https://localhost', 'http://customer.localhost:8787'],
  ])('is at %s', (PUBLIC_URL) => {
    expect(complaint({ DEVELOPMENT: 'true', PUBLIC_URL })).toBe('')
  })

  test.each([
    ...[
      'https://customer.example',
      'http://customer.example',
      'http://10.0.0.7',
      'http://0.0.0.0:8787',
      'http://192.168.1.2:8787',
    ],
    ...[
      'http://localhost.example',
      'http://127.0.0.1.nip.io',
      'http://notlocalhost',
      'http://[::2]',
      'http://128.0.0.1',
    ],
  ])('is not at %s', (PUBLIC_URL) => {
    expect(complaint({ DEVELOPMENT: 'true', PUBLIC_URL })).toContain(
      'DEVELOPMENT: must not be true unless PUBLIC_URL is at localhost',
    )
  })
})

test.each(['https://egress.example/x', 'http://10.0.0.7:8788/x'])(
  'development sends no requests through %s',
  (EGRESS_ENDPOINT) => {
    expect(complaint({ ...LOCAL, EGRESS_ENDPOINT })).toContain(
      'EGRESS_ENDPOINT: must be at localhost',
    )
  },
)

test('what was drawn is never said to be guessable', () => {
  for (let n = 0; n < 5000; n++) {
    const bytes = randomBytes(32)
    expect(isGuessableSecret(bytes, 32)).toBe(false)
    expect(isGuessableSecret(bytes.toString('base64'), 24)).toBe(false)
    expect(isGuessableSecret(bytes.toString('base64url').slice(0, 24), 24)).toBe(false)
    expect(isGuessableSecret(randomBytes(16).toString('hex'), 24)).toBe(false)
  }
})
