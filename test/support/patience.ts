import { waitForTest } from './wait.ts'

/**
 * How long the service waits for an answer is the test's to say: no time runs out by itself, for on a
 * busy machine it would run out on those who do answer. Loaded before every test.
 *
 * Vitest evaluates this file anew for each test file of a process, so the signals are stored in another one: those who end a wait
 * would have an older copy of this one, which knows none of them.
 */
AbortSignal.timeout = waitForTest
