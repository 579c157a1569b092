import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { root } from '../run.ts'
import type { Answer } from './answer.ts'
import type { Demo } from './demo.ts'

const folder = join(root, 'examples/storefront')
const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
}

/** A file of the example, the built client, or the settings of this start. Every path without a dot is the page. */
export async function fileAt(path: string, service: string, demo: Demo): Promise<Answer> {
  if (path === '/commerce.js') return script(await client())
  if (path === '/settings.js') return script(settingsOf(service, demo))
  const name = path.includes('.') ? path.slice(1) : 'index.html'
  const type = types[extname(name)]
  // Read from the folder's list, no name leads out of it.
  const names = await readdir(folder, { recursive: true })
  if (type === undefined || !names.map((one) => one.replaceAll('\\', '/')).includes(name)) {
    return { status: 404, type: 'text/plain', body: 'There is no such file.' }
  }
  const body = await readFile(join(folder, name), 'utf8')
  const headers =
    name === 'index.html' ? { 'Content-Security-Policy': policyOf(body, service) } : {}
  return { status: 200, type, body, headers }
}

const script = (body: string): Answer => ({ status: 200, type: 'text/javascript', body })

let built: Promise<string> | undefined
function client(): Promise<string> {
  built ??= import('../sdk.ts').then(({ sdkBundleText }) => sdkBundleText())
  return built
}

const settingsOf = (service: string, { page }: Demo): string =>
  `export const settings = ${JSON.stringify({
    service,
    clientId: page.id,
    clientSecret: page.secret,
  })}\n`

/** The page keeps a login, so only its own files run, and it talks to the shop and the service alone. */
function policyOf(html: string, service: string): string {
  const [, inline = ''] = /<script type="importmap">([^<]*)<\/script>/.exec(html) ?? []
  const hash = createHash('sha256').update(inline).digest('base64')
  return [
    "default-src 'none'",
    `script-src 'self' 'sha256-${hash}'`,
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${service}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
