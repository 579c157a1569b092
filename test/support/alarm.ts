import { afterEach, expect } from 'vitest'
import { degradedUseCases, resetMissingFunctions } from '#db/missing-functions-and-statements'

/** A missing function makes a use case slower, not wrong: nothing else would show it. */
afterEach(() => {
  const missing = degradedUseCases()
  resetMissingFunctions()
  expect(missing, 'functions that the database lacks').toEqual([])
})
