import { defineConfig } from 'vitest/config'

/** Files that make mistakes and look who notices. `npm test` does not run them. */
export default defineConfig({
  test: {
    globalSetup: 'test/support/global.ts',
    setupFiles: ['test/support/patience.ts'],
    include: ['test/**/*.mutants.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
})
