import type { TextColumn } from './number-and-text-column.ts'

/** Whether something is true of a row. */
export type Test = (row: number) => boolean

export const passesAllTests =
  (tests: readonly Test[]): Test =>
  (row) =>
    tests.every((test) => test(row))

export const passesAnyTest =
  (tests: readonly Test[]): Test =>
  (row) =>
    tests.some((test) => test(row))

const [NO, YES] = [1, 2]

/** A test of a row's text, which is asked once for each distinct text; false where there is none. */
export function textTest(texts: TextColumn, holds: (text: string) => boolean): Test {
  // 0: not asked yet.
  const answers = new Uint8Array(texts.distinct.length)
  const ask = (code: number): number => {
    const text = texts.distinct[code]
    return typeof text === 'string' && holds(text) ? YES : NO
  }
  return (row) => {
    const code = texts.codeAt(row)
    const answer = answers[code] || ask(code)
    answers[code] = answer
    return answer === YES
  }
}
