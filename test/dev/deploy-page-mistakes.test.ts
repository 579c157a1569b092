import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkDeployment, deployPageMistakes } from '../../dev/deploy-page-mistakes.ts'
import { root } from '../../dev/run.ts'
import { shippedText as toml } from '../support/shipped.ts'

const page = readFileSync(join(root, 'docs/deploy.md'), 'utf8')
const scripts = ['migrate', 'check', 'smoke', 'generate', 'test:clients']
const mistakes = (change: Partial<Parameters<typeof deployPageMistakes>[0]>) =>
  deployPageMistakes({ page, toml, scripts, ...change })

test('the page that is shipped says what holds', () => {
  expect(mistakes({})).toEqual([])
  expect(checkDeployment).not.toThrow()
})

test.each<[string, Parameters<typeof mistakes>[0], string]>([
  [
    'a queue that no command makes',
    { page: page.replace('npx wrangler queues create customer-order\n', '') },
    'no command makes the queue customer-order',
  ],
  [
    'a queue that wrangler.toml has renamed',
    { toml: toml.replaceAll('"customer-delivery"', '"customer-delivery-2"') },
    'wrangler.toml has no queue customer-delivery',
  ],
  [
    'a queue that staging does not make',
    { page: page.replace('for queue in customer customer-order', 'for queue in customer') },
    'staging makes no queue customer-order',
  ],
  [
    'a secret that is misspelt',
    { page: page.replace('secret put MASTER_SECRET\n', 'secret put MASTER_KEY\n') },
    'there is no secret MASTER_KEY',
  ],
  ['a script that is gone', { scripts: ['migrate'] }, 'package.json has no script smoke'],
  [
    'another number in staging than in wrangler.toml',
    { toml: toml.replace('max_concurrency = 100', 'max_concurrency = 50') },
    'wrangler.toml has no consumer',
  ],
  [
    'a binding that staging lacks',
    { page: page.replace('binding = "DELIVERY_QUEUE"', 'binding = "OTHER"') },
    'env.staging: queues.producers must bind QUEUE to customer',
  ],
  [
    'another path of a mail',
    { page: page.replace('`/undo-email`', '`/undo`') },
    'no row begins with | `undo_email_path` | `/undo-email` |',
  ],
])('the page is refused with %s', (_, change, mistake) => {
  expect(mistakes(change).join('\n')).toContain(mistake)
})
