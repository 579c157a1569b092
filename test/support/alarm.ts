import { afterEach, expect } from 'vitest'
import { degraded, forgetMissing } from '#db/fallback'

/** A missing function makes a use case slower, not wrong: nothing else would show it. */
afterEach(() => {
  const missing = degraded()
  forgetMissing()
  expect(missing, 'functions that the database lacks').toEqual([])
})
