import { expect, test } from 'vitest'
import { readCheckArguments } from '../../../dev/check/argument.ts'

const abouts = { types: 'the types', 'use cases': 'the handles', links: 'the links' }
const read = (...args: string[]) => readCheckArguments(args, abouts)

test('without a name all steps run', () => {
  expect(read()).toEqual({ steps: ['types', 'use cases', 'links'] })
})

test('named steps run, in their own order', () => {
  expect(read('links', 'types')).toEqual({ steps: ['types', 'links'] })
})

test.each(['--help', '-h'])('%s lists all steps with what they check', (option) => {
  for (const [name, about] of Object.entries(abouts)) {
    const line = new RegExp(`^  ${name} +${about}$`, 'm')
    expect(read('types', option)).toEqual({ help: expect.stringMatching(line) })
  }
})

test('an unknown step is told with the one that was probably meant', () => {
  expect(() => read('use-case')).toThrow(
    'There is no step "use-case", did you mean "use cases"? npm run check -- --help lists all',
  )
  expect(() => read('use', 'cases')).toThrow('There is no step "use", did you mean "use cases"?')
  expect(() => read('--fast')).toThrow(
    'There is no step "--fast": npm run check -- --help lists all',
  )
})
