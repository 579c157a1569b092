import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { configurationFaultsInProduction } from '../../dev/configuration-faults-in-production.ts'
import { root } from '../../dev/run.ts'
import { edgeLimit } from '../../src/http/generated/edge-limit.ts'
import { shippedText as shipped } from '../support/shipped.ts'

const folder = mkdtempSync(join(tmpdir(), 'customer-upload-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A shop with a place of its own, as docs/deploy.md says, and its staging. */
const page = readFileSync(join(root, 'docs/deploy.md'), 'utf8')
const blocks = [...page.matchAll(/```toml\n([\s\S]*?)```/g)].map(([, text = '']) =>
  text.replace(/^ {3}/gm, ''),
)
const blockWith = (text: string) => blocks.find((block) => block.includes(text)) ?? ''
const [route = ''] = blockWith('routes = [').split(/ {3}#/)
const own = `${shipped
  .slice(0, shipped.indexOf('[vars.tenants.demo]'))
  .replace('workers_dev', `${route}\nworkers_dev`)
  .replace('hosts = []', 'hosts = ["customer.example.com"]')}
${blockWith('shopName = "Acme"')}
${blockWith('[env.staging]').replace('limit = 300', `limit = ${edgeLimit.most}`)}`

function faultsOf(text: string, chosen?: string): string[] {
  const file = join(folder, 'wrangler.toml')
  writeFileSync(file, text)
  return configurationFaultsInProduction(file, chosen)
}

test('what the page about deployments says is uploaded', () => {
  expect(faultsOf(own)).toEqual([])
})

test.each<[string, (text: string) => string, string]>([
  [
    'is misspelt',
    (text) => text.replace('max_addresses', 'max_adresses'),
    'vars.customer.max_adresses is unknown; did you mean max_addresses?',
  ],
  [
    'has a wrong value',
    (text) => text.replace('currency = "USD"', 'currency = "EURO"'),
    'vars.tenants.acme.currency: must be an ISO 4217 code, such as "EUR"',
  ],
  [
    'names an unknown scope',
    (text) => text.replace('"event:read"', '"event:raed"'),
    'tenants.acme.clients.erp.scopes: event:raed is unknown; did you mean event:read?',
  ],
])('a setting that %s is one sentence, and is not uploaded', (_, edit, fault) => {
  expect(faultsOf(edit(own))).toEqual([fault])
})

test.each<[string, (text: string) => string, RegExp]>([
  [
    'a store',
    (text) => text.replace('https://acme.example"', 'http://acme.example"'),
    /^tenants\.acme\.shopUrl: /,
  ],
  [
    'a store of staging',
    (text) => text.replace('https://staging.acme.example', 'http://localhost:3000'),
    /^env\.staging: tenants\.acme\.shopUrl: /,
  ],
  [
    'a redirect URI of staging',
    (text) =>
      `${text}\n[env.staging.vars.tenants.acme.clients.app]\npublic = true\nredirect_uris = ["http://acme.example/in"]\n`,
    /^env\.staging: tenants\.acme\.clients\.app\.redirect_uris\.0: /,
  ],
])('%s that production would not start with is not uploaded', (_, edit, fault) => {
  expect(faultsOf(edit(own))).toContainEqual(expect.stringMatching(fault))
})

describe('what is uploaded has an address of its own', () => {
  const isStagings = (text: string, at: number) => at > text.indexOf('[env.staging]')
  const without = (which: 'top' | 'staging') => (text: string) =>
    text.replace(/^routes = .*$/gm, (line, at: number) =>
      isStagings(text, at) === (which === 'staging') ? '' : line,
    )
  const [top, staging] = [without('top'), without('staging')]
  const none = 'routes must have the domain of the service (docs/deploy.md)'
  /** An environment without routes has those of the top, and does not name their host. */
  const host = 'env.staging: vars.hosts must have customer.example.com, where a route answers'

  test.each<[string, (text: string) => string, string | undefined, string[]]>([
    ['all with one each', (text) => text, undefined, []],
    ['the top without', top, undefined, [none]],
    ['staging without', staging, undefined, [host, `env.staging: ${none}`]],
    ['both without', (text) => staging(top(text)), undefined, [none, `env.staging: ${none}`]],
    ['the top without, and it is chosen', top, '', [none]],
    ['the top without, and staging is chosen', top, 'staging', []],
    ['staging without, and it is chosen', staging, 'staging', [host, `env.staging: ${none}`]],
    ['staging without, and the top is chosen', staging, '', []],
    [
      'an environment that is not there',
      (text) => text,
      'stagging',
      ['env.stagging is unknown; did you mean staging?'],
    ],
  ])('%s', (_, edit, chosen, faults) => {
    expect(faultsOf(edit(own), chosen)).toEqual(faults)
  })

  test.each([
    ['staging', ''],
    ['', 'staging'],
  ])('a store of %j is not judged when %j is uploaded', (wrong, chosen) => {
    const url = wrong === '' ? 'https://acme.example"' : 'https://staging.acme.example"'
    const edited = own.replace(`"${url}`, '"http://acme.example"')
    expect(faultsOf(edited, wrong)).toEqual([expect.stringContaining('tenants.acme.shopUrl: ')])
    expect(faultsOf(edited, chosen)).toEqual([])
  })
})
