import { defineConfig } from 'vitest/config'

/** What needs a browser, Go, a generator and the service as `npm start` runs it; `npm run test:clients`. */
export default defineConfig({
  test: {
    name: 'clients',
    include: ['test/clients/**/*.test.ts'],
    globalSetup: 'test/clients/service.ts',
    // Ends what hangs, and nothing that is only slow.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
  },
})
