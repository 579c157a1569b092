import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { workerSecrets, writeSecrets } from '../../dev/secret.ts'
import { readShops } from '../../dev/wrangler-settings.ts'

const root = mkdtempSync(join(tmpdir(), 'customer-settings-'))
afterAll(() => rmSync(root, { recursive: true }))
const configFile = join(root, 'wrangler.toml')
writeFileSync(
  configFile,
  `[vars.tenants.eu.clients]
erp = { scopes = ["customer:read"] }
shop = { scopes = ["customer:register"] }
app = { public = true }
signer = { scopes = ["customer:write"], jwks = { keys = [] } }
till = { scopes = ["customer:write"] }
[vars.tenants.us]
`,
)
const place = {
  configFile,
  databaseUrl: 'postgresql://localhost',
  endpoint: 'http://localhost:1',
  egressEndpoint: 'http://localhost:2',
  publicUrl: 'http://localhost:3',
}

test('each client that needs a secret has its name, or what .dev.vars says', () => {
  const file = join(root, 'env')
  const eu = { erp: ['erp'], shop: ['shop'], till: ['till'] }
  const { CLIENT_SECRETS = '' } = workerSecrets(file, place)
  expect(JSON.parse(CLIENT_SECRETS)).toEqual({ eu, us: {} })
  expect(readShops(configFile)).toEqual([
    { tenant: 'eu', client: { id: 'till', secret: 'till', scopes: ['customer:write'] } },
    { tenant: 'us', client: null },
  ])

  const own = { eu: { till: ["it's mine", 'the next one'] } }
  const hanzo = '{"eu":"the secret of Hanzo"}'
  const lines = `CLIENT_SECRETS=\`${JSON.stringify(own)}\`\nHANZO_SECRETS='${hanzo}'\nOTHER=x\n`
  writeFileSync(join(root, '.dev.vars'), lines.replaceAll('\\\n', '\n'))
  writeSecrets(file, workerSecrets(file, place))
  const written = parseEnv(readFileSync(file, 'utf8'))
  expect(JSON.parse(written.CLIENT_SECRETS ?? '')).toEqual({ eu: { ...eu, ...own.eu }, us: {} })
  expect([written.HANZO_SECRETS, written.OTHER]).toEqual([hanzo, undefined])
  expect(readShops(configFile)[0]?.client?.secret).toBe("it's mine")
  expect(workerSecrets(file, place).MASTER_SECRET).toBe(written.MASTER_SECRET)
})
