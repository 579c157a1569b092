import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'
import { WaitingFirst } from './test/support/order.ts'
import { MASTER_SECRET } from './test/support/secret.ts'
import { demoBindings } from './test/support/shipped.ts'

/** Ends what hangs, and nothing that is only slow. */
const HANG = 600_000
const patient = { testTimeout: HANG, hookTimeout: HANG, setupFiles: ['test/support/patience.ts'] }

export default defineConfig({
  test: {
    globalSetup: 'test/support/global.ts',
    teardownTimeout: HANG,
    // Most tests make refusals, of which the log tells.
    onConsoleLog: (line) => !/"(place|since)":/.test(line),
    // Tests wait for the database and for processes, so two cores can do the work of three.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    sequence: { sequencer: WaitingFirst },
    projects: [
      {
        test: {
          ...patient,
          name: 'node',
          setupFiles: [
            ...patient.setupFiles,
            'test/support/alarm.ts',
            'test/support/random-values.ts',
          ],
          include: ['test/**/*.test.ts'],
          exclude: ['test/worker/**', 'test/clients/**'],
          // The service is loaded once for each core instead of once for each file.
          isolate: false,
          // Reads the files of packages in a third of the time.
          execArgv: ['--import', join(import.meta.dirname, 'dev/fast-module-loading.ts')],
        },
      },
      {
        plugins: [
          cloudflareTest(({ inject }) => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                // In the place of the shops that wrangler.toml names.
                ...demoBindings,
                PUBLIC_URL: 'http://localhost',
                DATABASE_URL: inject('database'),
                DATABASE_FETCH_ENDPOINT: inject('wire'),
                DEVELOPMENT: 'true',
                MASTER_SECRET,
                CLIENT_SECRETS: JSON.stringify({
                  demo: { dev: ['dev'], storefront: ['storefront'] },
                }),
              },
            },
          })),
        ],
        test: {
          ...patient,
          name: 'worker',
          // It has all the others in it.
          include: ['test/worker/all.test.ts'],
        },
      },
    ],
  },
})
