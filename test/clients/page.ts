import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { buildSdk } from '../../dev/sdk.ts'
import { startBrowser } from './browser.ts'
import { snippet } from './snippet.ts'

export const shop = 'http://localhost:3000'
const html = join(import.meta.dirname, 'storefront/index.html')

/**
 * A shop's visitors. The shop is three files: a page with forms, the recipes' scripts one after the other, and the built client.
 *
 * @param url where its service is, if it is not that of the whole run
 */
export async function openShop(recipes: readonly string[], url?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'customer-storefront-'))
  await buildSdk(folder)
  const browser = await startBrowser()
  const script = async () => {
    const all = await Promise.all(recipes.map((name) => snippet('docs/recipes.md', name, url)))
    return all.join('\n')
  }
  const files: Readonly<Record<string, () => Promise<string>>> = {
    '/shop.js': script,
    '/commerce.js': () => readFile(join(folder, 'index.js'), 'utf8'),
  }
  return {
    async visitor(): Promise<Page> {
      const context = await browser.newContext()
      await context.route(`${shop}/**`, async (route) => {
        const file = files[new URL(route.request().url()).pathname]
        if (file === undefined) return route.fulfill({ path: html })
        return route.fulfill({ contentType: 'text/javascript', body: await file() })
      })
      // The page does not really come from this machine, as it would from a shop's own server.
      await context.grantPermissions(['local-network-access'], { origin: shop })
      return context.newPage()
    },
    async close() {
      await browser.close()
      await rm(folder, { recursive: true })
    },
  }
}
