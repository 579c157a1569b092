import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { buildSdk } from '../../dev/sdk.ts'
import { startBrowser } from './browser.ts'
import { snippet } from './snippet.ts'

export const shop = 'http://localhost:3000'

const recipe = (name: string, url?: string) => snippet('docs/recipes.md', name, url)

/** The HTML that goes with a script of the recipes. That of the first is the page, to which the others add. */
const addedBy: Readonly<Record<string, string>> = {
  'code-page': 'code-html',
  passkey: 'passkey-html',
}

/** The page as a reader copies it, for a shop without a bundler. */
async function pageOf(recipes: readonly string[]): Promise<string> {
  const page = await recipe('storefront-html')
  const map = await recipe('import-map')
  const added = await Promise.all(
    recipes.flatMap((name) => (addedBy[name] === undefined ? [] : [recipe(addedBy[name])])),
  )
  return page
    .replace('<script', `${map}\n<script`)
    .replace('</body>', `${added.join('\n')}\n</body>`)
}

/**
 * A shop's visitors. The shop is three files, as the recipes give them: the page, the scripts one after the other, and the built client.
 *
 * @param url where its service is, if it is not that of the whole run
 */
export async function openShop(recipes: readonly string[], url?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'customer-storefront-'))
  await buildSdk(folder)
  const browser = await startBrowser()
  const html = await pageOf(recipes)
  const script = async () => {
    const all = await Promise.all(recipes.map((name) => recipe(name, url)))
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
        if (file === undefined) return route.fulfill({ contentType: 'text/html', body: html })
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
