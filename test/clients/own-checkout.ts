import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shippedText } from '../support/shipped.ts'
import { type Running, startCheckout } from './running.ts'

const root = join(import.meta.dirname, '../..')
const copied = [
  'src',
  'dev',
  'docs',
  'drizzle',
  'examples',
  'package.json',
  'tsconfig.json',
  '.npmrc',
]

/**
 * Runs `npm start` of a copy of the project in which a shop has edited `wrangler.toml`, and nothing else.
 *
 * @param shopPort where the example storefront is; 0: there is none
 */
export async function startOwnCheckout(
  edit: (toml: string) => string,
  shopPort = 0,
): Promise<Running> {
  const checkout = await mkdtemp(join(tmpdir(), 'customer-own-'))
  const remove = () => rm(checkout, { recursive: true, force: true })
  try {
    for (const name of copied) {
      await cp(join(root, name), join(checkout, name), { recursive: true })
    }
    await symlink(join(root, 'node_modules'), join(checkout, 'node_modules'))
    await writeFile(join(checkout, 'wrangler.toml'), edit(shippedText))
    const running = await startCheckout(checkout, shopPort)
    return { ...running, stop: () => running.stop().finally(remove) }
  } catch (error) {
    await remove()
    throw error
  }
}
