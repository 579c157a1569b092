import { availableParallelism } from 'node:os'
import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: 'test/support/global.ts',
    // Vitest would leave one core to nobody; on two that is half of them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        test: {
          name: 'node',
          setupFiles: 'test/support/alarm.ts',
          include: ['test/**/*.test.ts'],
          exclude: ['test/worker/**', 'test/clients/**'],
        },
      },
      {
        plugins: [
          cloudflareTest(({ inject }) => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                PUBLIC_URL: 'http://customer.test',
                DATABASE_URL: inject('database'),
                DATABASE_FETCH_ENDPOINT: inject('wire'),
                DEVELOPMENT: 'true',
                MASTER_SECRET: Buffer.alloc(32, 'test').toString('base64'),
                CLIENT_SECRETS: JSON.stringify({
                  demo: { dev: ['dev'], storefront: ['storefront'] },
                }),
              },
            },
          })),
        ],
        test: {
          name: 'worker',
          include: ['test/worker/**/*.test.ts'],
        },
      },
    ],
  },
})
