import { expect, test } from 'vitest'
import { fillGeneratedParts, markdownTable } from '../../dev/fill-generated-parts.ts'

const text = 'a\n<!-- one -->\nold\n<!-- /one -->\nb\n<!-- two -->\n<!-- /two -->\n'

test('each part takes the place of what stood there, as it is', () => {
  expect(fillGeneratedParts(text, { one: '$& `x`', two: 'new' })).toBe(
    'a\n<!-- one -->\n$& `x`\n<!-- /one -->\nb\n<!-- two -->\nnew\n<!-- /two -->\n',
  )
})

test('a part without a place is a mistake', () => {
  expect(() => fillGeneratedParts(text, { three: '' })).toThrow('<!-- three -->')
})

test('a table has a line below its head', () => {
  expect(markdownTable(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |')
})
