import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { root } from '../../dev/run.ts'
import { uploadFaults } from '../../dev/upload.ts'

const folder = mkdtempSync(join(tmpdir(), 'customer-upload-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A shop with a place of its own, as docs/deploy.md says, and its staging. */
const page = readFileSync(join(root, 'docs/deploy.md'), 'utf8')
const blocks = [...page.matchAll(/```toml\n([\s\S]*?)```/g)].map(([, text = '']) =>
  text.replace(/^ {3}/gm, ''),
)
const blockWith = (text: string) => blocks.find((block) => block.includes(text)) ?? ''
const [route = ''] = blockWith('routes = [').split(/ {3}#/)
const shipped = readFileSync(join(root, 'wrangler.toml'), 'utf8')
const own = `${shipped
  .slice(0, shipped.indexOf('[vars.tenants.demo]'))
  .replace('workers_dev', `${route}\nworkers_dev`)
  .replace('hosts = []', 'hosts = ["customer.example.com"]')}
${blockWith('shopName = "Acme"')}
${blockWith('[env.staging]')}`

function faultsOf(text: string): string[] {
  const file = join(folder, 'wrangler.toml')
  writeFileSync(file, text)
  return uploadFaults(file)
}

test('what the page about deployments says is uploaded', () => {
  expect(faultsOf(own)).toEqual([])
})

test.each<[string, (text: string) => string, string]>([
  [
    'is misspelt',
    (text) => text.replace('max_addresses', 'max_adresses'),
    'vars.customer.max_adresses: is unknown; did you mean max_addresses?',
  ],
  [
    'has a wrong value',
    (text) => text.replace('currency = "USD"', 'currency = "EURO"'),
    'vars.tenants.acme.currency: Must be an ISO 4217 code such as USD.',
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
  [
    'no address',
    (text) => text.replace(/^routes = .*$/m, '').replace(/^routes = .*$/m, ''),
    /^routes must name/,
  ],
])('%s that production would not start with is not uploaded', (_, edit, fault) => {
  expect(faultsOf(edit(own))).toContainEqual(expect.stringMatching(fault))
})
